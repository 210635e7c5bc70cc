package io.github.acrattach.domain.access;

import io.github.acrattach.domain.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a registry lets in who has no right of its own. */
public final class OpenDoorChecks {

    private OpenDoorChecks() {}

    /**
     * Whether the cluster would still pull were the registry shut.
     *
     * @param lacking what gives it a right of its own; empty where that is not known, or it has one
     */
    public record OwnRight(boolean isHeld, Optional<String> lacking) {
        /** It would. */
        public static final OwnRight HELD = new OwnRight(true, Optional.empty());

        /** Nobody can tell. */
        public static final OwnRight UNKNOWN = new OwnRight(false, Optional.empty());

        /** It would not before somebody runs this. */
        static OwnRight givenBy(String command) {
            return new OwnRight(false, Optional.of(command));
        }
    }

    static List<Finding> of(Registry registry, OwnRight right) {
        List<Finding> findings = new ArrayList<>();
        String name = registry.id().name();
        if (registry.anonymousPull()) {
            findings.add(Finding.noted(
                            Check.OPEN_DOORS,
                            Code.ANONYMOUS_PULL,
                            "anonymousPullEnabled true",
                            "Whoever reaches " + name + " may pull every image of it, right or not, and so may this"
                                    + " cluster. What pulls without a right of its own stops when that is turned off.")
                    .fix(shut(right, NetworkCommands.update(registry, "--anonymous-pull-enabled false"))));
        }
        if (registry.adminUser()) {
            findings.add(Finding.noted(
                            Check.OPEN_DOORS,
                            Code.ADMIN_USER,
                            "adminUserEnabled true",
                            "The admin user of " + name
                                    + " is on: whoever has one of its two passwords may pull, push and"
                                    + " delete, nobody can tell who did, and the passwords do not expire. Pull secrets that"
                                    + " somebody made of it stop working when it is turned off.")
                    .fix(NetworkCommands.update(registry, "--admin-enabled false")));
        }
        return findings.isEmpty()
                ? List.of(Finding.ok(Check.OPEN_DOORS, "anonymousPullEnabled false, adminUserEnabled false"))
                : List.copyOf(findings);
    }

    /** Not before the cluster has what lets it in: it would pull no more. */
    private static String shut(OwnRight right, String command) {
        if (right.isHeld()) {
            return command;
        }
        return right.lacking()
                .map(give -> give + "   (and once that holds, shut the door: " + command + ")")
                .orElse(
                        "Give the cluster a right of its own to all that it pulls, where it has none, and once that holds: "
                                + command);
    }
}
