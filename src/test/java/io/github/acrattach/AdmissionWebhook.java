package io.github.acrattach;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Certificate;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.http.Port;
import io.github.acrattach.emulator.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** A validating webhook: a real API server asks it about what this program writes into the namespaces that it judges. */
public final class AdmissionWebhook implements AutoCloseable {

    public static final String NAME = "judge.example.com";

    /** What a namespace carries as a label that it judges. */
    public static final String JUDGED = "judged";

    private final Map<String, Function<ObjectNode, Optional<ObjectNode>>> judges = new ConcurrentHashMap<>();
    private final Port port;
    private volatile boolean asked;

    public AdmissionWebhook(RealCluster cluster) {
        port = Port.https(0, Certificate.ofThisProcess().tls(), this::answer);
        cluster.apply("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingWebhookConfiguration
                metadata: {name: judge}
                webhooks:
                - name: %s
                  clientConfig: {url: "https://127.0.0.1:%d/", caBundle: %s}
                  rules:
                  - {apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [secrets, serviceaccounts]}
                  namespaceSelector: {matchLabels: {%s: "yes"}}
                  failurePolicy: Fail
                  sideEffects: None
                  admissionReviewVersions: [v1]
                """.formatted(
                        NAME, port.number(), base64(Certificate.ofThisProcess().pem()), JUDGED));
    }

    /** Whether the API server knows of it by now. */
    public boolean isAsked() {
        return asked;
    }

    /** From now on it answers so, from the object that is to be written; without an answer it drops the connection. */
    public void judge(String namespace, String resource, Function<ObjectNode, Optional<ObjectNode>> judge) {
        judges.put(namespace + '/' + resource, judge);
    }

    /** From now on it lets everything pass. */
    public void rest() {
        judges.clear();
    }

    public static ObjectNode allowed() {
        return Json.object().put("allowed", true);
    }

    /** Whoever refuses chooses code, reason and words. */
    public static ObjectNode refused(ObjectNode status) {
        ObjectNode answer = Json.object().put("allowed", false);
        answer.set("status", status);
        return answer;
    }

    private Optional<Answer> answer(Request request) {
        asked = true;
        ObjectNode review = Json.parseObject(request.body()).orElseThrow();
        JsonNode about = review.path("request");
        String key = about.path("namespace").asText()
                + '/'
                + about.path("resource").path("resource").asText();
        boolean ours = about.path("userInfo").path("username").asText().equals(Estates.PROGRAM);
        return Optional.ofNullable(ours ? judges.get(key) : null)
                .map(judge -> judge.apply((ObjectNode) about.path("object")))
                .orElseGet(() -> Optional.of(allowed()))
                .map(response -> {
                    response.put("uid", about.path("uid").asText());
                    ObjectNode answer =
                            Json.object().put("kind", "AdmissionReview").put("apiVersion", "admission.k8s.io/v1");
                    answer.set("response", response);
                    return Answer.json(200, answer);
                });
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        port.close();
    }
}
