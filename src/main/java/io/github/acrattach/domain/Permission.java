package io.github.acrattach.domain;

import java.util.List;

/**
 * What one role allows, or a deny assignment forbids: actions without not-actions, of the resource itself and of the data in
 * it, in which {@code *} stands for any letters (learn.microsoft.com/azure/role-based-access-control/role-definitions). What
 * another role allows, this one's not-actions do not take away.
 */
public record Permission(
        List<String> actions, List<String> notActions, List<String> dataActions, List<String> notDataActions) {

    public Permission {
        actions = List.copyOf(actions);
        notActions = List.copyOf(notActions);
        dataActions = List.copyOf(dataActions);
        notDataActions = List.copyOf(notDataActions);
    }

    /** Of the resource itself alone. */
    public static Permission ofActions(List<String> actions, List<String> notActions) {
        return new Permission(actions, notActions, List.of(), List.of());
    }

    /** Whether it names the action. */
    public boolean allows(String action) {
        return matches(actions, action) && !matches(notActions, action);
    }

    /** Whether it names the action, on the data in the resource. */
    public boolean allowsOnData(String dataAction) {
        return matches(dataActions, dataAction) && !matches(notDataActions, dataAction);
    }

    private static boolean matches(List<String> patterns, String action) {
        return patterns.stream().map(Glob::ofActions).anyMatch(glob -> glob.matches(action));
    }
}
