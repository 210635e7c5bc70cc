package io.github.acrattach.domain.access;

import io.github.acrattach.domain.AddressRange;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Egress;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.RegistryNetwork;
import io.github.acrattach.domain.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The sample pair in networks of its own. */
final class Network {

    static final ArmId ADDRESS = address("publicIPAddresses", "out-1");
    static final ArmId SECOND = address("publicIPAddresses", "out-2");
    static final ArmId PREFIX = address("publicIPPrefixes", "out-0");

    private Network() {}

    private static ArmId address(String type, String name) {
        return ArmId.parse("/subscriptions/" + Samples.SUBSCRIPTION
                + "/resourceGroups/MC_platform/providers/Microsoft.Network/" + type + "/" + name);
    }

    static Cluster leavingBy(ArmId... addresses) {
        return leaving(Optional.of("loadBalancer"), false, addresses);
    }

    static Cluster leaving(Optional<String> type, boolean isPartial, ArmId... addresses) {
        return leaving(type, Optional.empty(), isPartial, addresses);
    }

    /** One in a network that the user brought. */
    static Cluster within(ArmId subnet) {
        return leaving(Optional.of("userDefinedRouting"), Optional.of(subnet), false);
    }

    private static Cluster leaving(
            Optional<String> type, Optional<ArmId> subnet, boolean isPartial, ArmId... addresses) {
        Cluster sample = Samples.cluster();
        return Samples.cluster(
                sample.id(),
                sample.tags(),
                sample.state(),
                sample.identity(),
                sample.apiServer(),
                sample.power(),
                sample.nodePools(),
                new Egress(type, List.of(addresses), subnet, isPartial));
    }

    /** One whose firewall lets in those alone. */
    static Registry walled(int privateEndpoints, String... rules) {
        return in(new RegistryNetwork("Enabled", true, ranges(rules), List.of(), true, privateEndpoints, List.of()));
    }

    static Registry withAccess(String access, boolean denies, int privateEndpoints, String... pending) {
        return in(new RegistryNetwork(access, denies, List.of(), List.of(), false, privateEndpoints, List.of(pending)));
    }

    static Registry in(RegistryNetwork network) {
        return registry(network, false, false, Optional.empty(), Optional.empty());
    }

    static Registry registry(
            RegistryNetwork network,
            boolean anonymousPull,
            boolean adminUser,
            Optional<String> mode,
            Optional<Instant> changedOn) {
        Registry sample = Samples.registry();
        return new Registry(
                sample.id(),
                sample.tags(),
                sample.state(),
                sample.loginServer(),
                mode,
                false,
                true,
                Optional.of(List.of()),
                network,
                anonymousPull,
                adminUser,
                changedOn);
    }

    static List<AddressRange> ranges(String... texts) {
        return Stream.of(texts)
                .map(text -> AddressRange.parse(text).orElseThrow())
                .toList();
    }
}
