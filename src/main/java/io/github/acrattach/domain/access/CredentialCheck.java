package io.github.acrattach.domain.access;

import static io.github.acrattach.domain.access.Check.CREDENTIAL;

import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Proof;
import io.github.acrattach.domain.PullCredential;
import io.github.acrattach.domain.PullGrant;
import io.github.acrattach.domain.SecretFacts;
import io.github.acrattach.domain.SecretPlan;
import io.github.acrattach.domain.SecretProblems;
import io.github.acrattach.domain.SecretStatus;
import io.github.acrattach.domain.SecretStep;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;

/** Whether the credential of a pull secret exists, is enabled and valid, holds its right, and pulls. */
final class CredentialCheck {

    private final SecretFacts facts;
    private final PullCredential credential;
    private final Optional<Password> held;
    private final Optional<Proof> proof;
    private final CredentialInWords words;

    private CredentialCheck(SecretFacts facts, PullCredential credential) {
        this.facts = facts;
        this.credential = credential;
        words = new CredentialInWords(facts);
        held = SecretPlan.status(facts).map(SecretStatus::password).or(this::listed);
        proof = held.flatMap(facts::proofOf);
    }

    /** What namespaces hold, and its issuer lists as valid, whatever the registry says to it. */
    private Optional<Password> listed() {
        return credential.passwords().stream()
                .filter(password -> password.isValidAt(facts.now()))
                .filter(password -> facts.heldPasswords().contains(password.id()))
                .max(Comparator.comparing(Password::created));
    }

    /**
     * Of what was seen.
     *
     * @param formerly that the registry let in what was made while it had another id
     */
    static Finding of(SecretFacts facts, Optional<Proof> formerly) {
        return formerly.map(proof -> ofFormerId(facts, proof)).orElseGet(() -> facts.credential()
                .fold(
                        credential -> new CredentialCheck(facts, credential).finding(),
                        () -> absent(facts),
                        problem -> Finding.unknown(CREDENTIAL, Code.CREDENTIAL_NOT_READABLE, problem)));
    }

    private static Finding ofFormerId(SecretFacts facts, Proof proof) {
        Optional<Problem> moved = facts.run().formerly().stream()
                .map(from -> SecretProblems.moved(facts, from))
                .findFirst();
        String seen = pulledAt(proof, facts) + ", with a password of before the registry was moved here";
        return moved.map(problem -> Finding.noted(CREDENTIAL, Code.CREDENTIAL_DUE, seen, problem.cause())
                        .fix(new CredentialInWords(facts).attach()))
                .orElseGet(() -> Finding.ok(CREDENTIAL, seen))
                .proven(at(proof, facts));
    }

    private static Finding absent(SecretFacts facts) {
        CredentialInWords words = new CredentialInWords(facts);
        return Finding.fails(
                CREDENTIAL,
                Code.NO_CREDENTIAL,
                "no " + words.kind() + " " + facts.key().name(),
                "There is no " + words.kind() + " " + facts.key().name()
                        + " that the pull secret could be made of: none was made yet, or it was removed.",
                words.attach());
    }

    private Finding finding() {
        return disabled()
                .or(this::proven)
                .or(this::withoutRight)
                .or(this::withoutPassword)
                .or(this::refused)
                .orElseGet(this::notTried);
    }

    private Optional<Finding> disabled() {
        return credential
                .flaw()
                .filter(flaw -> flaw == PullCredential.Flaw.DISABLED || flaw == PullCredential.Flaw.SIGN_IN_DISABLED)
                .map(flaw -> Finding.fails(
                        CREDENTIAL,
                        Code.CREDENTIAL_DISABLED,
                        words.what() + " is disabled",
                        "Somebody disabled " + words.what()
                                + ", so that the registry lets in nobody who comes with it.",
                        words.enable(credential)));
    }

    private Optional<Finding> proven() {
        return proof.flatMap(said -> switch (said.verdict()) {
            case PULLS ->
                Optional.of(dueOr(Finding.ok(CREDENTIAL, pulledAt(said, facts) + ", " + validity()))
                        .proven(at(said, facts)));
            case NO_REPOSITORY ->
                said.problem().map(problem -> Finding.noted(
                                CREDENTIAL,
                                Code.REPOSITORY_NOT_FOUND,
                                "let in" + time(said, facts) + ", " + validity(),
                                problem.cause())
                        .fix(problem.fix()));
            default -> Optional.empty();
        });
    }

    private Optional<Finding> withoutRight() {
        if (SecretPlan.decide(facts) instanceof SecretStep.Grant grant) {
            return Optional.of(withoutRole(grant.grant()));
        }
        return credential.flaw().map(flaw -> switch (flaw) {
            case UNFINISHED ->
                fails(
                        Code.CREDENTIAL_WITHOUT_RIGHT,
                        words.what() + " is not finished",
                        "was begun to be made, or" + " Azure's last operation on it failed");
            case OTHER_REPOSITORIES -> TokenScope.others(facts);
            default ->
                fails(
                        Code.CREDENTIAL_WITHOUT_RIGHT,
                        words.what() + " has no scope map that lets it pull",
                        "lost the scope" + " map that let it pull, or that lets nothing be pulled any more");
        });
    }

    private Finding withoutRole(PullGrant grant) {
        return Finding.fails(
                CREDENTIAL,
                Code.CREDENTIAL_WITHOUT_RIGHT,
                words.what() + " does not hold " + grant.role().azureName(),
                "The service principal " + grant.principal() + " of " + words.what() + " does not hold the role "
                        + grant.role().azureName() + " at the registry or above it.",
                AzCommand.grantPull(grant));
    }

    private Finding fails(Code code, String seen, String why) {
        return Finding.fails(CREDENTIAL, code, seen, sentence(words.what() + " " + why + "."), words.attach());
    }

    /** What can be held against it before anybody tries it. */
    private Optional<Finding> withoutPassword() {
        Optional<Password> last = credential.passwords().stream()
                .filter(password -> held.isEmpty())
                .filter(password ->
                        facts.heldPasswords().isEmpty() || facts.heldPasswords().contains(password.id()))
                .max(Comparator.comparing(Password::expires));
        if (credential.passwords().isEmpty()) {
            return Optional.of(fails(Code.NO_CREDENTIAL, words.what() + " has no password", "has no password"));
        }
        return last.filter(password -> !password.isValidAt(facts.now()))
                .map(password -> fails(
                        Code.CREDENTIAL_EXPIRED,
                        "the password of " + words.what() + " expired at " + password.expires(),
                        "has no password any more that is valid: the last one that namespaces may hold expired at "
                                + password.expires()));
    }

    private Optional<Finding> refused() {
        return proof.filter(said ->
                        said.verdict() == Proof.Verdict.REJECTED || said.verdict() == Proof.Verdict.UNAUTHORIZED)
                .flatMap(said -> said.problem().map(problem -> refused(said, problem)));
    }

    /** A fresh password, and a right that was given just now, spread by themselves. */
    private Finding refused(Proof said, Problem problem) {
        boolean isOld = held.filter(each -> each.isSpreadAt(facts.now())).isPresent();
        return Finding.fails(
                CREDENTIAL,
                Code.CREDENTIAL_REFUSED,
                "refused" + time(said, facts) + ", " + validity(),
                problem.cause(),
                said.verdict() == Proof.Verdict.REJECTED && isOld ? words.attach() : problem.fix());
    }

    /** The registry gave this program no answer, or nobody may see the password: it is computed, as far as it can be. */
    private Finding notTried() {
        Optional<Problem> why = proof.flatMap(Proof::problem);
        if (why.isPresent()) {
            return Finding.unknown(
                    CREDENTIAL,
                    Code.CREDENTIAL_NOT_TRIED,
                    "not tried, " + validity(),
                    why.get().cause(),
                    why.get().asked().fix());
        }
        if (held.isEmpty()) {
            return Finding.ok(
                    CREDENTIAL,
                    words.what() + " is there, and "
                            + (isSeenEverywhere()
                                    ? "no namespace holds a valid password of it"
                                    : "which password of it namespaces hold could not be read"));
        }
        Password password = held.get();
        return dueOr(
                password.isSpreadAt(facts.now())
                        ? Finding.ok(CREDENTIAL, "not tried, for its value is not read here, " + validity())
                        : Finding.noted(
                                CREDENTIAL,
                                Code.NOT_EFFECTIVE_YET,
                                "made at " + password.created() + ", not tried",
                                "The password was made minutes ago, and may not be known everywhere yet."));
    }

    private boolean isSeenEverywhere() {
        return facts.namespaces()
                .found()
                .filter(all -> all.stream().noneMatch(each -> each.held() instanceof Held.Hidden))
                .isPresent();
    }

    /** The same, or where its time has come, that it is to be renewed. */
    private Finding dueOr(Finding otherwise) {
        Optional<Instant> due = held.map(each -> facts.terms().renews(facts.key(), each))
                .filter(time -> !facts.now().isBefore(time));
        return due.map(time -> Finding.noted(
                                CREDENTIAL,
                                Code.CREDENTIAL_DUE,
                                otherwise.seen() + ", due for renewal since " + time,
                                "The password is to be replaced since " + time
                                        + ", and was not: pulls stop when it expires.")
                        .fix(words.attach()))
                .orElse(otherwise);
    }

    private static String pulledAt(Proof proof, SecretFacts facts) {
        return "pulled" + time(proof, facts) + " from " + facts.registry().loginServer();
    }

    private static String time(Proof proof, SecretFacts facts) {
        return " at " + at(proof, facts);
    }

    private static Instant at(Proof proof, SecretFacts facts) {
        return proof.at().orElse(facts.now()).truncatedTo(ChronoUnit.SECONDS);
    }

    private String validity() {
        return held.map(Password::expires)
                .map(end -> end.equals(Password.NEVER) ? "valid without an end" : "valid until " + end)
                .orElse("valid");
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
