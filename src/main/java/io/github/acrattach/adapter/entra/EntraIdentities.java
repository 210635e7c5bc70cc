package io.github.acrattach.adapter.entra;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.domain.Guid;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.OutsideText;
import io.github.acrattach.domain.installation.Identity;
import io.github.acrattach.port.Identities;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Reads the tokens of this program. Claims:
 * learn.microsoft.com/entra/identity-platform/access-token-claims-reference.
 */
@ApplicationScoped
class EntraIdentities implements Identities {

    private final Azure azure;

    EntraIdentities(Azure azure) {
        this.azure = azure;
    }

    @Override
    public Lookup<Identity> own() {
        return azure.claimsAtArm()
                .map(claims -> new Identity(
                        guid(claims, "oid"), guid(claims, "appid").or(() -> guid(claims, "azp")), guid(claims, "tid")));
    }

    @Override
    public Lookup<Set<String>> directoryPermissions() {
        return azure.claimsAtGraph().flatMap(EntraIdentities::roles);
    }

    /** An application without permissions has no claim; a person has one of another name. */
    private static Lookup<Set<String>> roles(JsonNode claims) {
        if (claims.isMissingNode() || claims.has("scp")) {
            return new Lookup.Absent<>();
        }
        Set<String> roles = new TreeSet<>();
        claims.path("roles").forEach(role -> roles.add(OutsideText.word(role.asText())));
        return new Lookup.Found<>(roles);
    }

    private static Optional<String> guid(JsonNode claims, String name) {
        return Guid.parse(claims.path(name).asText("")).map(UUID::toString);
    }
}
