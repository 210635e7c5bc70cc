package io.github.acrattach.adapter.acr;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.CredentialKey;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The description by which a scope map tells for which cluster it is. */
final class Label {

    /** What ACR takes (learn.microsoft.com/cli/azure/acr/scope-map); the id of a cluster alone can be longer. */
    private static final int LONGEST = 256;

    private static final Pattern SHORT = Pattern.compile("acr-attach: lets ([^/]+)/([^/]+)/([^/]+) pull\\.");

    private Label() {}

    static String of(CredentialKey key) {
        String whole = key.description();
        ArmId cluster = key.pairing().cluster();
        return whole.length() <= LONGEST
                ? whole
                : "acr-attach: lets " + cluster.subscription() + '/' + cluster.resourceGroup() + '/' + cluster.name()
                        + " pull.";
    }

    /** The cluster that a description names; empty when it is none of this program's. */
    static Optional<ArmId> clusterIn(String description) {
        return CredentialKey.clusterIn(description).or(() -> shortened(description));
    }

    private static Optional<ArmId> shortened(String description) {
        Matcher parts = SHORT.matcher(description == null ? "" : description);
        return parts.matches()
                ? CredentialKey.clusterIn("acr-attach: lets /subscriptions/" + parts.group(1) + "/resourceGroups/"
                        + parts.group(2) + "/providers/" + ArmId.CLUSTER + '/' + parts.group(3) + " pull.")
                : Optional.empty();
    }
}
