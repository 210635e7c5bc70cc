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

    private static final Pattern SHORT = Pattern.compile("([^/]+)/([^/]+)/([^/]+)");

    private Label() {}

    static String of(CredentialKey key) {
        String whole = key.description();
        ArmId cluster = key.pairing().cluster();
        return whole.length() <= LONGEST
                ? whole
                : CredentialKey.descriptionFor(
                        cluster.subscription() + "/" + cluster.resourceGroup() + '/' + cluster.name());
    }

    /** The cluster that a description names; empty when it is none of this program's. */
    static Optional<ArmId> clusterIn(String description) {
        return CredentialKey.clusterIn(description).or(() -> shortened(description));
    }

    private static Optional<ArmId> shortened(String description) {
        return CredentialKey.nameIn(description)
                .map(SHORT::matcher)
                .filter(Matcher::matches)
                .map(parts -> "/subscriptions/" + parts.group(1) + "/resourceGroups/" + parts.group(2) + "/providers/"
                        + ArmId.CLUSTER + '/' + parts.group(3))
                .flatMap(id -> CredentialKey.clusterIn(CredentialKey.descriptionFor(id)));
    }
}
