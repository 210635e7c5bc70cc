package io.github.acrattach.domain.installation;

import java.util.List;

/**
 * What was found when an installation looked at itself.
 *
 * @param version of the program
 * @param checks in a fixed order
 */
public record Installation(String version, List<Check> checks) {

    public Installation {
        checks = List.copyOf(checks);
    }

    /** Whether nothing fails; what could not be seen is no fault. */
    public boolean isWhole() {
        return checks.stream().noneMatch(check -> check.state() == Check.State.FAILS);
    }
}
