package io.github.acrattach.domain.installation;

import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Permission;
import io.github.acrattach.domain.installation.Check.Subject;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What this program may do in one subscription. Azure tells there what was given there or above; what was given below, at
 * single groups or registries, is seen among this program's own role assignments alone.
 *
 * @param scope the subscription, as a scope
 * @param needed what the rules take there
 * @param held what is allowed there
 * @param grants the roles of this program there, above and below
 */
public record ScopeRights(
        String scope,
        Collection<Right> needed,
        Lookup<List<Permission>> held,
        Lookup<List<OwnGrant>> grants,
        Optional<String> caller) {

    /** Whether what is needed is there, and whether what may be granted is bounded. */
    public List<Check> checks() {
        return List.of(rights().at(scope), bounds().at(scope));
    }

    private Check rights() {
        return held.fold(
                permissions -> rights(needed.stream()
                        .filter(right -> permissions.stream().noneMatch(each -> each.allows(right.action())))
                        .sorted()
                        .toList()),
                () -> Check.unknown(
                        Subject.RIGHTS,
                        "nothing",
                        "Azure tells nothing of this subscription.",
                        "az account list --query \"[].id\""),
                problem -> Check.unknown(Subject.RIGHTS, problem));
    }

    private Check rights(List<Right> missing) {
        String seen = needed.size() - missing.size() + " of " + needed.size() + " rights";
        if (missing.isEmpty()) {
            return Check.ok(Subject.RIGHTS, seen);
        }
        String fix = fix(missing);
        String actions = actions(missing);
        if (grants.found().isEmpty()) {
            return Check.unknown(
                    Subject.RIGHTS,
                    seen,
                    "Not given at the subscription or above: " + actions + ". Whether they are given below, at groups,"
                            + " registries or clusters, cannot be seen without "
                            + Right.READ_ASSIGNMENTS.action() + " here.",
                    fix);
        }
        List<Right> nowhere =
                missing.stream().filter(right -> below(right).isEmpty()).toList();
        return nowhere.isEmpty()
                ? Check.unknown(
                        Subject.RIGHTS,
                        seen,
                        "Given below the subscription, so that they hold for what is there alone: " + actions + ", at "
                                + places(missing) + ".",
                        fix)
                : Check.fails(Subject.RIGHTS, seen, "Missing here: " + actions(nowhere) + ".", fix(nowhere));
    }

    private List<String> below(Right right) {
        return grants.found().orElseThrow().stream()
                .filter(grant -> grant.scope().length() > scope.length())
                .filter(grant -> grant.allows(right.action()))
                .map(OwnGrant::scope)
                .toList();
    }

    private String places(List<Right> rights) {
        return rights.stream()
                .flatMap(right -> below(right).stream())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String actions(List<Right> rights) {
        return rights.stream().map(Right::action).collect(Collectors.joining(", "));
    }

    /** A command for each role: most roles give several rights. */
    private String fix(List<Right> missing) {
        return missing.stream()
                .map(right -> right.fix(scope, caller))
                .distinct()
                .collect(Collectors.joining(" && "));
    }

    private Check bounds() {
        return grants.fold(
                this::bounds,
                () -> Check.unknown(
                        Subject.GRANTS, "nothing", "Azure tells nothing of this subscription.", "az account list"),
                problem -> Check.unknown(Subject.GRANTS, problem));
    }

    private Check bounds(List<OwnGrant> held) {
        List<OwnGrant> granting = held.stream()
                .filter(grant -> grant.allows(Right.ASSIGN_ROLES.action()))
                .sorted(Comparator.comparing(OwnGrant::scope).thenComparing(OwnGrant::role))
                .toList();
        List<OwnGrant> unbounded =
                granting.stream().filter(OwnGrant::isUnbounded).toList();
        if (granting.isEmpty()) {
            return Check.ok(Subject.GRANTS, "no role that lets it assign roles");
        }
        BoundGrants bounds = new BoundGrants(held, needed, caller);
        List<OwnGrant> doubtful = granting.stream().filter(OwnGrant::isDoubtful).toList();
        if (unbounded.isEmpty() && doubtful.isEmpty()) {
            return Check.ok(Subject.GRANTS, roles(granting) + ", for the two pull roles alone");
        }
        if (unbounded.isEmpty()) {
            return Check.unknown(
                    Subject.GRANTS,
                    roles(doubtful) + ", with a condition of its own",
                    "Whether the condition allows more than the two pull roles, for service principals, is not seen.",
                    bounds.insteadOf(doubtful));
        }
        return Check.fails(
                Subject.GRANTS,
                roles(unbounded) + ", without a condition",
                "This program may give any role to anybody there, itself included; it needs no more than the two pull"
                        + " roles, for service principals.",
                bounds.insteadOf(unbounded));
    }

    private static String roles(List<OwnGrant> grants) {
        return grants.stream()
                .map(grant -> grant.role() + " at " + grant.scope())
                .collect(Collectors.joining(", "));
    }
}
