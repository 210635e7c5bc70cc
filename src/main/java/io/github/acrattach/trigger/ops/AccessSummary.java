package io.github.acrattach.trigger.ops;

import io.github.acrattach.domain.ImageReference;
import io.github.acrattach.domain.access.Check;
import io.github.acrattach.domain.access.Check.Way;
import io.github.acrattach.domain.access.Code;
import io.github.acrattach.domain.access.Finding;
import io.github.acrattach.domain.access.Verdict;
import io.github.acrattach.usecase.VerifyPullAccess.Verified;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a cluster can pull, in one sentence: the title of a ticket.
 *
 * @param image what is to be pulled; empty where it is any image of the registry
 */
record AccessSummary(Verified verified, Optional<ImageReference> image) {

    String sentence() {
        String cluster = verified.pairing().cluster().name();
        Verdict verdict = verified.verdict();
        return switch (verdict.answer()) {
            case EFFECTIVE -> cluster + " can " + pull() + ", " + means(verdict);
            case GRANTED ->
                cluster + " has the right to " + pull()
                        + verdict.effectiveBy()
                                .map(time -> ", effective at the latest at " + told(time))
                                .orElseGet(() -> ", which may not hold yet" + reason(verdict));
            case CONDITIONAL ->
                (verdict.way() == Way.SECRET ? "It depends on the repository" : "A condition decides") + " whether "
                        + cluster + " can " + pull() + reason(verdict);
            case UNKNOWN -> "It is not known whether " + cluster + " can " + pull() + reason(verdict);
            case BLOCKED, MISSING -> cannot(verdict) + reason(verdict);
        };
    }

    /** No more than is so: the cluster may pull an image of elsewhere, and in other namespaces, all the same. */
    private String cannot(Verdict verdict) {
        if (isFirst(verdict, Code.IMAGE_OF_ANOTHER_REGISTRY) && image.isPresent()) {
            return image.get() + " is no image of "
                    + verified.pairing().registry().name();
        }
        boolean isSomewhere = verdict.first()
                        .filter(first -> first.check() == Check.NAMESPACES)
                        .isPresent()
                && verdict.findings().stream()
                        .anyMatch(each -> each.check() == Check.NAMESPACES
                                && each.state() == Finding.State.OK
                                && each.code().isEmpty());
        boolean isByAnother = isFirst(verdict, Code.LOGIN_SERVER_NOT_COVERED) && image.isEmpty();
        return verified.pairing().cluster().name() + " cannot " + pull()
                + (isSomewhere ? " in every namespace" : isByAnother ? " by each of its login servers" : "");
    }

    private static boolean isFirst(Verdict verdict, Code code) {
        return verdict.first().flatMap(Finding::code).filter(code::equals).isPresent();
    }

    private String pull() {
        return "pull "
                + image.map(ImageReference::toString)
                        .orElseGet(() -> "from " + verified.pairing().registry().name());
    }

    private String means(Verdict verdict) {
        boolean isWithoutSecret = verdict.findings().stream()
                .anyMatch(each -> each.check().way() == Way.SECRET && each.state() == Finding.State.FAILS);
        if (verdict.way() == Way.SECRET && isFirst(verdict, Code.ANONYMOUS_PULL) && isWithoutSecret) {
            return "as anybody can";
        }
        if (verdict.way() == Way.SECRET) {
            return "by its pull secret"
                    + verdict.provenAt()
                            .map(time -> ", proven by a pull at " + time)
                            .orElse("");
        }
        boolean isFresh = verdict.findings().stream()
                .anyMatch(each -> each.check() == Check.EFFECTIVE && each.state() == Finding.State.UNKNOWN);
        return verified.given()
                .filter(given -> !isFresh)
                .map(given -> "by the role " + given.role().name())
                .orElse(verdict.first().isPresent() ? "as anybody can" : "by a role");
    }

    private static String reason(Verdict verdict) {
        return verdict.first()
                .flatMap(Finding::code)
                .map(code -> ": " + inWords(code))
                .orElse("");
    }

    /** A code says it as shortly as can be: {@code RIGHT_ON_CONTROL_PLANE_IDENTITY}. */
    private static String inWords(Code code) {
        return code.name()
                .toLowerCase(Locale.ROOT)
                .replace('_', ' ')
                .replaceFirst("^arm ", "ARM ")
                .replaceFirst("^azure ", "Azure ");
    }

    static String told(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
