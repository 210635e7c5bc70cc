package io.github.acrattach.adapter.arm;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.adapter.azure.ArmRequests;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.AddressRange;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Egress;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.installation.Right;
import io.github.acrattach.port.PublicAddresses;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Reads public addresses, and prefixes of such. Wire: learn.microsoft.com/rest/api/virtualnetwork/public-ip-addresses/get
 * ({@code properties.ipAddress}) and .../public-ip-prefixes/get ({@code properties.ipPrefix}), both of 2024-05-01.
 */
@ApplicationScoped
class ArmPublicAddresses implements PublicAddresses {

    private static final String VERSION = "?api-version=2024-05-01";

    private final Azure azure;

    ArmPublicAddresses(Azure azure) {
        this.azure = azure;
    }

    @Override
    public Lookup<List<AddressRange>> of(List<ArmId> ids) {
        List<Lookup<AddressRange>> each = SideBySide.each(ids, this::find);
        return each.stream()
                .flatMap(answer -> answer.denied().stream())
                .findFirst()
                .<Lookup<List<AddressRange>>>map(Lookup.Denied::new)
                .orElseGet(() -> new Lookup.Found<>(
                        each.stream().flatMap(answer -> answer.found().stream()).toList()));
    }

    private Lookup<AddressRange> find(ArmId id) {
        Right right = id.isA(Egress.PREFIX) ? Right.READ_PUBLIC_PREFIXES : Right.READ_PUBLIC_ADDRESSES;
        return Answers.attempt(
                () -> address(id, new ArmRequests(azure).get(id + VERSION)),
                refusal -> refusal.status() == 404 ? new Lookup.Absent<>() : new Lookup.Denied<>(refusal.problem()),
                azure.operation(right.action(), id.toString()));
    }

    private static Lookup<AddressRange> address(ArmId id, JsonNode answer) {
        AnsweredIds.checked(id, answer.path("id").textValue());
        JsonNode properties = answer.path("properties");
        return Optional.ofNullable(properties
                        .path(id.isA(Egress.PREFIX) ? "ipPrefix" : "ipAddress")
                        .textValue())
                .flatMap(AddressRange::parse)
                .<Lookup<AddressRange>>map(Lookup.Found::new)
                .orElseGet(Lookup.Absent::new);
    }
}
