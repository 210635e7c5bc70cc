package io.github.acrattach.domain.installation;

import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Guid;
import io.github.acrattach.domain.Permission;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The commands that put a bounded grant in the place of others, so that this program is never without what it needs: what is
 * given comes before what is taken.
 *
 * @param held all roles of this program there, those that are to be bounded among them
 * @param needed what it has to keep
 */
record BoundGrants(List<OwnGrant> held, Collection<Right> needed, Optional<String> caller) {

    /** What the role that the commands give allows: learn.microsoft.com/azure/role-based-access-control/built-in-roles. */
    private static final Permission BY_GRANTING_ROLE = Permission.ofActions(
            List.of("*/read", Right.ASSIGN_ROLES.action(), Right.REMOVE_ROLES.action(), "Microsoft.Support/*"),
            List.of());

    /** One command after the other, for grants at any scopes. */
    String insteadOf(List<OwnGrant> loose) {
        return loose.stream()
                .map(OwnGrant::scope)
                .distinct()
                .flatMap(scope -> at(
                        scope,
                        loose.stream()
                                .filter(grant -> grant.scope().equals(scope))
                                .toList(),
                        loose))
                .collect(Collectors.joining(" && "));
    }

    private Stream<String> at(String scope, List<OwnGrant> here, List<OwnGrant> loose) {
        List<OwnGrant> changed = here.stream().filter(this::isOfTheSameRole).toList();
        List<OwnGrant> removed =
                here.stream().filter(grant -> !isOfTheSameRole(grant)).toList();
        boolean isThere = held.stream()
                .anyMatch(grant ->
                        isOfTheSameRole(grant) && grant.scope().equalsIgnoreCase(scope) && !loose.contains(grant));
        Stream<String> given = changed.isEmpty()
                ? Stream.of(Right.ASSIGN_ROLES.fix(scope, caller)).filter(command -> !isThere)
                : changed.stream().map(grant -> AzCommand.boundAssignment(grant.id(), scope, caller));
        return Stream.of(given, lost(scope, removed, loose), removed.stream().map(this::remove))
                .flatMap(commands -> commands);
    }

    /** Such one is changed where it stands: a second of the same role, principal and scope is none to Azure. */
    private boolean isOfTheSameRole(OwnGrant grant) {
        return AzCommand.isGrantingRole(grant.role()) && isOwn(grant);
    }

    private boolean isOwn(OwnGrant grant) {
        return grant.principal().isEmpty()
                || caller.isEmpty()
                || caller.flatMap(Guid::parse).equals(grant.principal());
    }

    /** A group's role is its other members', too. */
    private String remove(OwnGrant grant) {
        return isOwn(grant)
                ? AzCommand.removeAssignment(grant.id())
                : AzCommand.leaveGroup(grant.principal().orElseThrow(), caller.orElseThrow());
    }

    private Stream<String> lost(String scope, List<OwnGrant> removed, List<OwnGrant> loose) {
        return needed.stream()
                .filter(right -> removed.stream().anyMatch(grant -> grant.allows(right.action())))
                .filter(right -> !BY_GRANTING_ROLE.allows(right.action()))
                .filter(right -> held.stream()
                        .filter(grant -> !loose.contains(grant))
                        .noneMatch(grant -> covers(grant.scope(), scope) && grant.allows(right.action())))
                .sorted()
                .map(right -> right.fix(scope, caller))
                .distinct();
    }

    private static boolean covers(String above, String scope) {
        return above.equals("/")
                || scope.equalsIgnoreCase(above)
                || scope.regionMatches(true, 0, above + '/', 0, above.length() + 1);
    }
}
