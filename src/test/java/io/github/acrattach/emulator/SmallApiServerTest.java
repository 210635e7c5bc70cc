package io.github.acrattach.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.kubernetes.AdmissionRule;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.Set;

class SmallApiServerTest extends Running implements ApiServerChecks {
    private final Kube kube = Kube.attach(emulator, Sample.AKS_SHOP);

    @Override
    public Kube kube() {
        return kube;
    }

    @Override
    public Emulator emulator() {
        return emulator;
    }

    @Override
    public String judged(String status) {
        JsonNode json = Json.parseObject(status.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
        String namespace = fresh("judged");
        emulator.admission()
                .add(new AdmissionRule(
                        Set.of("secrets"),
                        Set.of(namespace),
                        false,
                        new AdmissionRule.Webhook(
                                WEBHOOK,
                                json.has("code")
                                        ? OptionalInt.of(json.get("code").asInt())
                                        : OptionalInt.empty(),
                                Json.text(json, "reason"),
                                Json.text(json, "message"))));
        return namespace;
    }
}
