package io.github.acrattach.domain.access;

import io.github.acrattach.domain.access.Check.Way;
import io.github.acrattach.domain.access.Code.Weight;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a cluster can pull from a registry, and if not, why; the same findings always give the same verdict.
 *
 * @param way by which it pulls, or is meant to
 * @param effectiveBy of what is granted and may not hold yet: when it does at the latest, where that can be said
 * @param first the finding that decides: the first cause of what keeps it from pulling; empty where nothing does
 * @param findings all of them, in the order of the checks
 * @param mayBeMore whether there is something that could not be looked at and may keep it from pulling as well
 */
public record Verdict(
        Answer answer,
        Way way,
        Optional<Instant> effectiveBy,
        Optional<Finding> first,
        List<Finding> findings,
        boolean mayBeMore) {

    /** The answer in a word, the best first. */
    public enum Answer {
        /** It pulls: proven, or granted longer ago than a change of roles takes. */
        EFFECTIVE,
        /** It has the right, which may not hold yet. */
        GRANTED,
        /** It depends on the repository, or on a condition of which only the text is known. */
        CONDITIONAL,
        /** Something decisive may not be read. */
        UNKNOWN,
        /** The right is there, and something else stops the pull. */
        BLOCKED,
        /** There is no right. */
        MISSING
    }

    public Verdict {
        findings = List.copyOf(findings);
    }

    /**
     * What follows from the findings: the better of the two ways where it pulls by one, else the one that is meant.
     *
     * @param meant {@link Way#SECRET} where a pull secret is wanted, or there is one; else {@link Way#ROLE}
     */
    public static Verdict of(List<Finding> findings, Way meant, Optional<Instant> effectiveBy) {
        List<Finding> inOrder =
                findings.stream().sorted(Comparator.comparing(Finding::check)).toList();
        Answer byRole = answer(inOrder, Way.ROLE);
        Answer bySecret = answer(inOrder, Way.SECRET);
        Way way = way(byRole, bySecret, meant, inOrder);
        Answer answer = way == Way.ROLE ? byRole : bySecret;
        Optional<Finding> first = first(inOrder, way, answer);
        return new Verdict(
                answer,
                way,
                effectiveBy.filter(time -> answer == Answer.GRANTED),
                first,
                meant == Way.SECRET && way == Way.SECRET ? withoutRole(inOrder) : inOrder,
                !pulls(answer)
                                && inOrder.stream()
                                        .anyMatch(each -> each.state() == Finding.State.UNKNOWN
                                                && each.check() != Check.NEAR_MISSES)
                        || first.filter(each -> hidesOthers(each, inOrder)).isPresent());
    }

    /** Nobody looks for the right of whom is not known. */
    private static boolean hidesOthers(Finding first, List<Finding> findings) {
        return first.check() == Check.RESOURCES
                || first.check() == Check.IDENTITY
                        && findings.stream()
                                .anyMatch(each -> each.check() == Check.RIGHT && each.state() == Finding.State.SKIPPED);
    }

    private static Way way(Answer byRole, Answer bySecret, Way meant, List<Finding> findings) {
        boolean isSecretLookedAt = of(findings, Way.SECRET)
                .anyMatch(each -> each.check().way() == Way.SECRET && each.state() != Finding.State.SKIPPED);
        if (!isSecretLookedAt) {
            return Way.ROLE;
        }
        if (pulls(byRole) || pulls(bySecret)) {
            return byRole.compareTo(bySecret) <= 0 && !(byRole == bySecret && meant == Way.SECRET)
                    ? Way.ROLE
                    : Way.SECRET;
        }
        return meant;
    }

    private static boolean pulls(Answer answer) {
        return answer == Answer.EFFECTIVE || answer == Answer.GRANTED;
    }

    private static Answer answer(List<Finding> findings, Way way) {
        Answer answer = ofWeights(weights(ofOwnRight(findings, way)));
        boolean asThemselves = answer == Answer.MISSING && way == Way.ROLE && has(findings, Weight.INSTEAD);
        if (!asThemselves || has(findings, Weight.LETS_IN)) {
            return answer;
        }
        Answer ofBoth = ofWeights(weights(ofBoth(findings)));
        return ofBoth.compareTo(Answer.UNKNOWN) > 0 ? ofBoth : Answer.UNKNOWN;
    }

    private static List<Weight> weights(Stream<Finding> findings) {
        return findings.flatMap(each -> each.weight().stream()).toList();
    }

    private static Answer ofWeights(List<Weight> weights) {
        if (weights.contains(Weight.MISSING)) {
            return Answer.MISSING;
        }
        if (weights.contains(Weight.BLOCKS)) {
            return Answer.BLOCKED;
        }
        if (weights.contains(Weight.UNKNOWN)) {
            return Answer.UNKNOWN;
        }
        if (weights.contains(Weight.CONDITIONAL)) {
            return Answer.CONDITIONAL;
        }
        return weights.contains(Weight.NOT_YET) ? Answer.GRANTED : Answer.EFFECTIVE;
    }

    /** What bears upon one way; of either, what bears upon both alone. */
    private static Stream<Finding> of(List<Finding> findings, Way way) {
        return findings.stream()
                .filter(each -> each.check().way() == way || each.check().way() == Way.EITHER);
    }

    private static Stream<Finding> ofBoth(List<Finding> findings) {
        return findings.stream().filter(each -> each.check().way() == Way.EITHER);
    }

    /** Where the registry lets in anybody, no right of one's own matters, nor what is wrong with it. */
    private static Stream<Finding> ofOwnRight(List<Finding> findings, Way way) {
        return has(findings, Weight.LETS_IN) ? ofBoth(findings) : of(findings, way);
    }

    private static boolean has(List<Finding> findings, Weight weight) {
        return findings.stream()
                .anyMatch(each -> each.weight().filter(weight::equals).isPresent());
    }

    /** A near miss says more than that there is no right. */
    private static Optional<Finding> first(List<Finding> findings, Way way, Answer answer) {
        boolean isOpen = has(findings, Weight.LETS_IN);
        boolean asThemselves = !isOpen && way == Way.ROLE && has(findings, Weight.INSTEAD);
        List<Weight> deciding =
                switch (answer) {
                    case EFFECTIVE -> List.of(Weight.LETS_IN);
                    case GRANTED -> List.of(Weight.NOT_YET);
                    case CONDITIONAL -> List.of(Weight.CONDITIONAL);
                    case UNKNOWN -> List.of(asThemselves ? Weight.INSTEAD : Weight.UNKNOWN);
                    case BLOCKED -> List.of(Weight.BLOCKS);
                    case MISSING -> List.of(Weight.MISSING, Weight.BLOCKS);
                };
        boolean isOfBoth = isOpen || asThemselves && answer.compareTo(Answer.UNKNOWN) > 0;
        Optional<Finding> first = (isOfBoth ? ofBoth(findings) : of(findings, way))
                .filter(each -> each.weight().filter(deciding::contains).isPresent())
                .findFirst();
        return first.filter(each -> each.code().filter(Code.NO_RIGHT::equals).isPresent())
                .flatMap(none -> findings.stream()
                        .filter(each -> each.check() == Check.NEAR_MISSES && each.state() == Finding.State.FAILS)
                        .findFirst())
                .or(() -> first);
    }

    /** When the way by which it pulls was proven by a pull; empty where all is computed. */
    public Optional<Instant> provenAt() {
        return pulls(answer)
                ? of(findings, way).flatMap(each -> each.provenAt().stream()).findFirst()
                : Optional.empty();
    }

    /** Nobody misses a role where a pull secret is what is meant. */
    private static List<Finding> withoutRole(List<Finding> findings) {
        return findings.stream()
                .map(each -> each.check().way() == Way.ROLE && each.state() != Finding.State.OK
                        ? Finding.skipped(each.check(), "a pull secret is to let the cluster in")
                        : each)
                .distinct()
                .toList();
    }
}
