package io.github.acrattach.adapter.acr;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.Description;
import io.github.acrattach.domain.Version;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The description by which a scope map tells for which cluster it is. */
final class Label {

    /** What ACR takes (learn.microsoft.com/cli/azure/acr/scope-map); the id of a cluster alone can be longer. */
    private static final int LONGEST = 256;

    private static final Pattern SHORT = Pattern.compile("([^/]+)/([^/]+)/([^/]+)");

    private Label() {}

    static String of(CredentialKey key, Version version) {
        String whole = key.description(version).toString();
        ArmId cluster = key.pairing().cluster();
        return whole.length() <= LONGEST
                ? whole
                : Description.of(version, cluster.subscription() + "/" + cluster.resourceGroup() + '/' + cluster.name())
                        .toString();
    }

    /** The cluster that a description names; empty when it is none of this program's. */
    static Optional<ArmId> clusterIn(String description) {
        return Description.clusterIn(description).or(() -> shortened(description));
    }

    private static Optional<ArmId> shortened(String description) {
        return Description.read(description)
                .map(Description::cluster)
                .map(SHORT::matcher)
                .filter(Matcher::matches)
                .map(parts -> "/subscriptions/" + parts.group(1) + "/resourceGroups/" + parts.group(2) + "/providers/"
                        + ArmId.CLUSTER + '/' + parts.group(3))
                .flatMap(Description::clusterId);
    }
}
