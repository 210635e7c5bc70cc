package io.github.acrattach.domain.access;

import static io.github.acrattach.domain.access.Check.RIGHT;

import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.DenyAssignment;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.OutsideText;
import io.github.acrattach.domain.PullGrant;
import io.github.acrattach.domain.PullRight;
import io.github.acrattach.domain.PullRight.Given;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.domain.condition.RepositoryNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Whether a role lets the cluster's identity pull. */
final class RightCheck {

    private static final String TO_BE_WIDENED =
            "   (its condition; ask whoever set it to widen it: az role assignment update)";

    private final Facts facts;
    private final PullGrant grant;
    private final Optional<String> repository;

    /**
     * Of one pair.
     *
     * @param grant what would give the right
     * @param repository the one that is asked for, if one is
     */
    RightCheck(Facts facts, PullGrant grant, Optional<String> repository) {
        this.facts = facts;
        this.grant = grant;
        this.repository = repository;
    }

    /**
     * What was found.
     *
     * @param denials empty where nobody looked
     */
    List<Finding> findings(Optional<Lookup<List<DenyAssignment>>> denials) {
        if (facts.assignments().denied().isPresent()) {
            return List.of(Finding.unknown(
                    RIGHT,
                    Code.ASSIGNMENTS_NOT_READABLE,
                    facts.assignments().denied().get()));
        }
        List<Finding> findings = new ArrayList<>();
        Finding right = finding(facts.right().orElseThrow());
        List<DenyAssignment> hitting = denials.flatMap(Lookup::found).stream()
                .flatMap(List::stream)
                .filter(each -> each.mayHit(grant.principal(), grant.registry(), grant.role()))
                .sorted(Comparator.comparing(each -> !isHitBy(each)))
                .toList();
        hitting.stream()
                .findFirst()
                .map(each -> isHitBy(each) ? denied(each) : deniedToGroup(each))
                .ifPresent(findings::add);
        findings.add(right);
        if (right.state() == Finding.State.OK) {
            denials.flatMap(Lookup::denied)
                    .map(problem -> Finding.unknown(RIGHT, Code.DENY_ASSIGNMENTS_NOT_READABLE, problem))
                    .ifPresent(findings::add);
        }
        return findings;
    }

    private Finding finding(PullRight right) {
        if (right instanceof PullRight.Held held) {
            return held(held.given());
        }
        if (right instanceof PullRight.Narrowed narrowed) {
            return repository.map(name -> ofRepository(narrowed, name)).orElseGet(() -> narrowed(narrowed));
        }
        if (right instanceof PullRight.Unreadable unreadable) {
            return Finding.unknown(RIGHT, Code.ROLE_NOT_READABLE, unreadable.why());
        }
        return facts.throughGroups()
                .flatMap(Lookup::denied)
                .map(problem -> Finding.unknown(RIGHT, Code.GROUPS_NOT_READABLE, problem))
                .orElseGet(this::missing);
    }

    private static Finding held(Given given) {
        Finding finding = given.isBroad()
                ? Finding.noted(
                        RIGHT,
                        Code.RIGHT_BY_BROAD_ROLE,
                        seen(given),
                        "It pulls by the role " + given.role().name() + " at "
                                + given.by().scope() + ", which allows much else: whoever takes that away may not know"
                                + " that pulls depend on it.")
                : Finding.ok(RIGHT, seen(given));
        return finding.by(Finding.By.of(given.by()));
    }

    private static String seen(Given given) {
        return given.role().name() + " at " + given.by().scope()
                + (given.isThroughGroup() ? ", through the group " + given.by().principal() : "");
    }

    private Finding narrowed(PullRight.Narrowed narrowed) {
        Given first = narrowed.all().get(0);
        List<RepositoryNames.Test> tests = narrowed.all().stream()
                .flatMap(each -> names(each).stream())
                .flatMap(names -> names.tests().stream())
                .distinct()
                .toList();
        if (tests.isEmpty()) {
            String text = OutsideText.onOneLine(first.by().condition().orElseThrow());
            return Finding.unknown(
                            RIGHT,
                            Code.CONDITION_NOT_UNDERSTOOD,
                            seen(first) + ", where a condition holds: " + text,
                            "The role " + first.role().name()
                                    + " holds only where its condition does, and what that lets through is not"
                                    + " understood here. Its text: " + text,
                            AzCommand.show(first.by().id()))
                    .by(Finding.By.of(first.by()));
        }
        String repositories = new RepositoryNames(tests).inWords();
        return Finding.noted(
                        RIGHT,
                        Code.ONLY_SOME_REPOSITORIES,
                        seen(first) + ", for " + repositories,
                        "The cluster can pull only " + repositories + ": a condition of the role "
                                + first.role().name() + " says so.")
                .by(Finding.By.of(first.by()))
                .fix(AzCommand.show(first.by().id()) + TO_BE_WIDENED);
    }

    private Finding ofRepository(PullRight.Narrowed narrowed, String name) {
        Optional<Given> letting = narrowed.all().stream()
                .filter(each -> each.lets(name).filter(Boolean::booleanValue).isPresent())
                .findFirst();
        if (letting.isPresent()) {
            return Finding.ok(RIGHT, seen(letting.get()) + ", whose condition lets " + name + " through")
                    .by(Finding.By.of(letting.get().by()));
        }
        boolean isSure =
                narrowed.all().stream().allMatch(each -> each.lets(name).isPresent());
        Given first = narrowed.all().get(0);
        return isSure
                ? Finding.fails(
                                RIGHT,
                                Code.REPOSITORY_NOT_COVERED,
                                narrowed.all().stream()
                                        .map(RightCheck::seenNarrowed)
                                        .collect(Collectors.joining("; ")),
                                "The cluster can pull some repositories of "
                                        + grant.registry().name() + ", and "
                                        + name + " is none of them: a condition of the role "
                                        + first.role().name() + " leaves it out.",
                                AzCommand.show(first.by().id()) + TO_BE_WIDENED)
                        .by(Finding.By.of(first.by()))
                : narrowed(narrowed);
    }

    private static String seenNarrowed(Given given) {
        return seen(given)
                + names(given).map(names -> ", for " + names.inWords()).orElse(", where a condition holds");
    }

    private static Optional<RepositoryNames> names(Given given) {
        return given.condition()
                .flatMap(condition -> condition.repositories(given.mode().actions()));
    }

    private Finding missing() {
        return facts.reaching()
                .filter(each -> each.isInPlaceOf(grant))
                .findFirst()
                .map(this::closed)
                .orElseGet(() -> Finding.fails(
                        RIGHT,
                        Code.NO_RIGHT,
                        reaching(facts.reaching().count()) + ' ' + grant.principal(),
                        "The identity that " + grant.cluster().name() + " pulls with has no role at "
                                + grant.registry().name() + " or above it that lets it pull.",
                        AzCommand.grantPull(grant)));
    }

    /** Azure makes none beside it. */
    private Finding closed(RoleAssignment each) {
        return Finding.fails(
                        RIGHT,
                        Code.NO_RIGHT,
                        grant.role().azureName() + " at " + each.scope() + ", whose condition lets no pull through",
                        "The identity that " + grant.cluster().name() + " pulls with holds "
                                + grant.role().azureName() + " at "
                                + grant.registry().name()
                                + ", and a condition of that lets no pull through.",
                        AzCommand.show(each.id()) + TO_BE_WIDENED)
                .by(Finding.By.of(each));
    }

    private boolean isHitBy(DenyAssignment denial) {
        return denial.hits(grant.principal(), grant.registry(), grant.role());
    }

    /** Nobody is told who is in a group. */
    private Finding deniedToGroup(DenyAssignment denial) {
        UUID group = denial.groups().stream().min(Comparator.naturalOrder()).orElseThrow();
        return Finding.unknown(
                        RIGHT,
                        Code.DENIAL_NAMES_GROUP,
                        "deny assignment '" + denial.name() + "' at " + denial.scope() + ", which names the group "
                                + group,
                        "The deny assignment '" + denial.name() + "' forbids pulling, whatever roles say, and names a"
                                + " group: whether it hits the cluster's identity depends on who is in that, which is not"
                                + " read here.",
                        AzCommand.isMember(group, grant.principal()))
                .by(Finding.By.of(denial));
    }

    private static String reaching(long assignments) {
        if (assignments == 0) {
            return "no role assignment reaches";
        }
        return assignments == 1
                ? "1 role assignment, which does not let it pull, reaches"
                : assignments + " role assignments, none of which lets it pull, reach";
    }

    private Finding denied(DenyAssignment denial) {
        return Finding.fails(
                        RIGHT,
                        Code.RIGHT_DENIED,
                        "deny assignment '" + denial.name() + "' at " + denial.scope(),
                        "The deny assignment '" + denial.name() + "' forbids the cluster's identity to pull, whatever"
                                + " roles it has. Azure made it for a managed application or a deployment stack; nobody"
                                + " else can change it.",
                        AzCommand.denyAssignments(denial.scope()))
                .by(Finding.By.of(denial));
    }
}
