package io.github.acrattach.domain.access;

import io.github.acrattach.domain.Registry;
import java.util.ArrayList;
import java.util.List;

/** Whether a registry lets in who has no right of its own. */
final class OpenDoorChecks {

    private OpenDoorChecks() {}

    static List<Finding> of(Registry registry) {
        List<Finding> findings = new ArrayList<>();
        String name = registry.id().name();
        if (registry.anonymousPull()) {
            findings.add(Finding.noted(
                            Check.OPEN_DOORS,
                            Code.ANONYMOUS_PULL,
                            "anonymousPullEnabled true",
                            "Whoever reaches " + name + " may pull every image of it, right or not, and so may this"
                                    + " cluster. What pulls without a right of its own stops when that is turned off.")
                    .fix(NetworkCommands.update(registry, "--anonymous-pull-enabled false")));
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
}
