package io.github.acrattach.domain.installation;

import io.github.acrattach.domain.Glob;
import java.util.List;

/**
 * What one role allows: its actions without its not-actions, in which {@code *} stands for any letters
 * (learn.microsoft.com/azure/role-based-access-control/role-definitions). What another role allows, this one's not-actions
 * do not take away.
 */
public record Permission(List<String> actions, List<String> notActions) {

    public Permission {
        actions = List.copyOf(actions);
        notActions = List.copyOf(notActions);
    }

    /** Whether this role allows the action. */
    public boolean allows(String action) {
        return matches(actions, action) && !matches(notActions, action);
    }

    private static boolean matches(List<String> patterns, String action) {
        return patterns.stream().map(Glob::ofActions).anyMatch(glob -> glob.matches(action));
    }
}
