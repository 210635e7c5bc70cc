package io.github.acrattach.trigger.ops;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.domain.ImageReference;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.OutsideText;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Proof;
import io.github.acrattach.domain.PullRight;
import io.github.acrattach.domain.SecretFacts;
import io.github.acrattach.domain.SecretProblems;
import io.github.acrattach.domain.SecretStatus;
import io.github.acrattach.domain.access.Code;
import io.github.acrattach.domain.access.Finding;
import io.github.acrattach.domain.access.Verdict;
import io.github.acrattach.trigger.HttpAnswer;
import io.github.acrattach.trigger.Telling;
import io.github.acrattach.usecase.VerifyPullAccess.Verified;
import io.github.acrattach.usecase.VerifyPullAccess.VerifiedSecret;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The answer to {@code GET /api/access}. */
final class AccessAnswer {

    private static final Set<Code> NOT_FOUND =
            EnumSet.of(Code.CLUSTER_NOT_FOUND, Code.REGISTRY_NOT_FOUND, Code.REGISTRY_MOVED);

    private AccessAnswer() {}

    /** @param image what is to be pulled; empty where it is any image of the registry */
    static HttpAnswer to(Verified verified, Optional<ImageReference> image) {
        ObjectNode json = Telling.put(JsonNodeFactory.instance.objectNode(), verified.pairing());
        verified.registry().ifPresent(registry -> json.put("loginServer", registry.loginServer()));
        image.ifPresent(wanted -> json.put("image", wanted.toString()));
        Verdict verdict = verified.verdict();
        json.put("verdict", Telling.word(verdict.answer()))
                .put("summary", new AccessSummary(verified, image).sentence())
                .put("method", Telling.word(verdict.way()));
        verdict.effectiveBy().ifPresent(time -> json.put("effectiveBy", AccessSummary.told(time)));
        verdict.provenAt().ifPresent(time -> json.put("provenAt", time.toString()));
        verdict.first().ifPresent(first -> putCause(json, first));
        json.put("mayBeMore", verdict.mayBeMore());
        verified.given().ifPresent(given -> put(json, given));
        verified.secret().ifPresent(secret -> json.set("secret", json(secret)));
        Telling.putNotes(
                json,
                verified.exclusion().stream()
                        .map(exclusion -> exclusion.note(verified.pairing()))
                        .toList());
        ArrayNode checks = json.putArray("checks");
        verdict.findings().forEach(finding -> checks.add(json(finding)));
        return verified.unanswered()
                .map(unanswered ->
                        OpsAnswer.to(unanswered, json.set("problem", Telling.json(unanswered.problem(), true))))
                .orElseGet(() -> isNotFound(verdict)
                        ? HttpAnswer.problem(
                                        404,
                                        "Not found",
                                        verdict.first().flatMap(Finding::cause).orElseThrow())
                                .with(json)
                        : HttpAnswer.ok(json));
    }

    private static boolean isNotFound(Verdict verdict) {
        return verdict.first()
                .flatMap(Finding::code)
                .filter(NOT_FOUND::contains)
                .isPresent();
    }

    private static void putCause(ObjectNode json, Finding first) {
        first.code().ifPresent(code -> json.put("code", code.name()));
        first.cause().ifPresent(cause -> json.put("cause", OutsideText.onOneLine(cause)));
        first.fix().ifPresent(fix -> json.put("fix", fix));
    }

    private static void put(ObjectNode json, PullRight.Given given) {
        json.put("role", given.role().name())
                .put("principal", given.by().principal().toString())
                .put("assignment", given.by().id())
                .put("scope", given.by().scope());
    }

    private static ObjectNode json(Finding finding) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("check", Telling.word(finding.check()));
        finding.code().ifPresent(code -> json.put("code", code.name()));
        json.put("state", Telling.word(finding.state())).put("seen", OutsideText.onOneLine(finding.seen()));
        finding.provenAt().ifPresent(time -> json.put("provenAt", time.toString()));
        finding.cause().ifPresent(cause -> json.put("cause", OutsideText.onOneLine(cause)));
        finding.by().ifPresent(by -> json.set("by", json(by)));
        finding.fix().ifPresent(fix -> json.put("fix", fix));
        return json;
    }

    private static ObjectNode json(Finding.By by) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", OutsideText.onOneLine(by.id()));
        by.createdBy().ifPresent(who -> json.put("createdBy", who));
        by.createdOn().ifPresent(time -> json.put("createdOn", AccessSummary.told(time)));
        return json;
    }

    private static ObjectNode json(VerifiedSecret secret) {
        SecretFacts facts = secret.facts();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", facts.secretName())
                .put("credential", facts.key().name())
                .put("credentialKind", Telling.word(facts.key().kind()));
        secret.status().ifPresent(status -> {
            json.put("expires", status.password().expires().toString())
                    .put(
                            "renews",
                            facts.terms().renews(facts.key(), status.password()).toString());
            json.set("namespaces", Telling.json(status.namespaces()));
        });
        Telling.putNotes(json, secret.status().map(AccessAnswer::notes).orElseGet(() -> moved(facts)));
        proof(secret).ifPresent(proof -> {
            json.put("proof", Telling.word(proof.verdict()));
            proof.problem().ifPresent(problem -> json.set("proofProblem", Telling.json(problem, proof.fails())));
        });
        return json;
    }

    private static List<Problem> moved(SecretFacts facts) {
        return facts.run().formerly().stream()
                .map(from -> SecretProblems.moved(facts, from))
                .toList();
    }

    /** What the registry says is told on its own. */
    private static List<Problem> notes(SecretStatus status) {
        Optional<Problem> proof = status.facts().proofOf(status.password()).flatMap(Proof::problem);
        return status.outcome() instanceof Outcome.Provisioned done
                ? done.notes().stream()
                        .filter(note -> proof.filter(note::equals).isEmpty())
                        .toList()
                : List.of();
    }

    private static Optional<Proof> proof(VerifiedSecret secret) {
        return secret.status().flatMap(status -> secret.facts().proofOf(status.password()));
    }
}
