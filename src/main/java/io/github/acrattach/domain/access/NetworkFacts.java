package io.github.acrattach.domain.access;

import io.github.acrattach.domain.RegistryNetwork;
import java.util.ArrayList;
import java.util.List;

/** A registry's network in a few words. */
final class NetworkFacts {

    private NetworkFacts() {}

    static String of(RegistryNetwork network) {
        List<String> facts = new ArrayList<>();
        facts.add("publicNetworkAccess " + network.publicAccess());
        if (network.deniesByDefault()) {
            facts.add("default action Deny");
            facts.add(count(network.rules().size(), "IP rule"));
        }
        if (!network.unreadableRules().isEmpty()) {
            facts.add("ignored, since they are no ranges: " + String.join(" and ", network.unreadableRules()));
        }
        if (!network.isPublic() || network.keepsSomeOut() || network.privateEndpoints() > 0) {
            facts.add(count(network.privateEndpoints(), "approved private endpoint"));
        }
        if (!network.pendingEndpoints().isEmpty()) {
            facts.add(network.pendingEndpoints().size() + " pending");
        }
        if (network.letsTrustedServicesIn() && (!network.isPublic() || network.keepsSomeOut())) {
            facts.add("trusted services pass, which nodes of AKS are not");
        }
        return String.join(", ", facts);
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
