package io.github.acrattach.adapter.graph;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.Reply;
import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.Guid;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.PullCredential;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Tells whether anybody but this program could sign in as an application, or make it so that they can: by owning it or its
 * service principal, or by a password, key or federated credential on either.
 */
final class OthersHands {

    /** How this program calls each password that it adds. */
    static final String PASSWORD_NAME = "acr-attach";

    private static final String KEYS = "?$select=id,keyCredentials,passwordCredentials&$expand=owners($select=id)";

    private final Azure azure;
    private final GraphRequests graph;
    private final Spreading spreading;

    OthersHands(Azure azure, GraphRequests graph, Spreading spreading) {
        this.azure = azure;
        this.graph = graph;
        this.spreading = spreading;
    }

    /** The credential, if nobody's but this program's hands are on it. */
    Lookup<PullCredential> noneOn(PullCredential credential) {
        String application = "applications/" + credential.issuerId();
        String principal = "servicePrincipals/"
                + credential.principal().map(UUID::toString).orElseThrow();
        List<String> found = SideBySide.three(
                () -> seen(application + KEYS, credential),
                () -> seen(application + "/federatedIdentityCredentials?$select=id", credential),
                () -> seen(principal + KEYS, credential),
                (ofApplication, federated, ofPrincipal) -> Stream.of(
                                ifAny(Registration.elements(federated, "value"), "a federated credential"),
                                on(ofApplication, "the application", OthersHands::isNamedLikeOurs),
                                on(ofPrincipal, "the service principal", password -> false))
                        .flatMap(each -> each)
                        .toList());
        return found.isEmpty()
                ? new Lookup.Found<>(credential)
                : new Lookup.Denied<>(problem(credential, String.join(", ", found)));
    }

    private JsonNode seen(String path, PullCredential credential) {
        Reply reply = spreading.endured(() -> graph.get(path), credential.key());
        return reply.orFail().json();
    }

    private Stream<String> on(JsonNode thing, String what, Predicate<JsonNode> isOurPassword) {
        Stream<String> owners = Registration.elements(thing, "owners")
                .map(owner -> owner.path("id").asText())
                .filter(owner -> azure.caller().filter(owner::equals).isEmpty())
                .map(owner ->
                        "the owner " + Guid.parse(owner).map(UUID::toString).orElse("of no id") + " of " + what);
        return Stream.of(
                        owners,
                        ifAny(Registration.elements(thing, "keyCredentials"), "a key on " + what),
                        ifAny(
                                Registration.elements(thing, "passwordCredentials")
                                        .filter(isOurPassword.negate()),
                                "a password of somebody else's on " + what))
                .flatMap(each -> each);
    }

    /** One that somebody else has named so is removed before a new one is made, as all are that nobody needs. */
    private static boolean isNamedLikeOurs(JsonNode password) {
        return password.path("displayName").asText().equals(PASSWORD_NAME);
    }

    private static Stream<String> ifAny(Stream<JsonNode> things, String what) {
        return things.findAny().isPresent() ? Stream.of(what) : Stream.empty();
    }

    private static Problem problem(PullCredential credential, String hands) {
        return new Problem(
                Kind.FOREIGN_CREDENTIAL,
                "Others have a hand in the application of the credential "
                        + credential.key().name() + ": " + hands + ". It gets no password and no role any more.",
                Optional.empty(),
                Optional.of(credential.key().pairing().registry().toString()),
                Optional.empty(),
                "az ad app owner list --id \"" + credential.username()
                        + "\"   (who it was; attach again first, which has the cluster pull by another one; then"
                        + " az ad app delete --id \"" + credential.username()
                        + "\" revokes all passwords of this one at once)");
    }
}
