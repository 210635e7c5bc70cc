package io.github.acrattach.emulator.arm.authorization;

import io.github.acrattach.emulator.estate.ManagementGroup;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What lies below what: paths by themselves, and the management groups that stand above subscriptions. */
public final class Hierarchy {
    private static final Pattern MANAGEMENT_GROUP =
            Pattern.compile("/providers/Microsoft\\.Management/managementGroups/([^/]+).*", Pattern.CASE_INSENSITIVE);
    private static final Pattern SUBSCRIPTION = Pattern.compile("/subscriptions/([^/]+).*", Pattern.CASE_INSENSITIVE);

    private final List<ManagementGroup> groups;

    public Hierarchy(List<ManagementGroup> groups) {
        this.groups = groups;
    }

    /** Whether what is said at a scope is said of a path, too. */
    boolean covers(Scope scope, String path) {
        return scope.covers(path)
                || nameIn(scope.path()).filter(name -> isBelow(path, name)).isPresent();
    }

    private boolean isBelow(String path, String group) {
        Optional<ManagementGroup> above = holder(path);
        while (above.isPresent()) {
            if (above.get().name().equalsIgnoreCase(group)) {
                return true;
            }
            above = above.get().parent().flatMap(this::named);
        }
        return false;
    }

    /** The group that a subscription is in, or that a path names. */
    private Optional<ManagementGroup> holder(String path) {
        Matcher subscription = SUBSCRIPTION.matcher(path);
        return subscription.matches()
                ? groups.stream()
                        .filter(group ->
                                group.subscriptions().stream().anyMatch(subscription.group(1)::equalsIgnoreCase))
                        .findFirst()
                : nameIn(path).flatMap(this::named);
    }

    private Optional<ManagementGroup> named(String name) {
        return groups.stream()
                .filter(group -> group.name().equalsIgnoreCase(name))
                .findFirst();
    }

    private static Optional<String> nameIn(String path) {
        Matcher group = MANAGEMENT_GROUP.matcher(path);
        return group.matches() ? Optional.of(group.group(1)) : Optional.empty();
    }
}
