package io.github.acrattach.emulator.control;

import io.github.acrattach.emulator.kubernetes.AdmissionRule;
import java.util.Optional;
import java.util.Set;

/** A webhook or policy that refuses, as JSON. */
final class AdmissionRuleJson {
    private static final Set<String> FIELDS = Set.of(
            "webhook",
            "policy",
            "binding",
            "resources",
            "namespaces",
            "sparesAdministrators",
            "code",
            "reason",
            "message",
            "unreachable");

    private AdmissionRuleJson() {}

    static AdmissionRule read(Fields fields) {
        fields.allow(FIELDS);
        return new AdmissionRule(
                Set.copyOf(fields.texts("resources")),
                Set.copyOf(fields.texts("namespaces")),
                fields.flag("sparesAdministrators"),
                refuser(fields));
    }

    private static AdmissionRule.Refuser refuser(Fields fields) {
        Optional<String> webhook = fields.text("webhook");
        if (webhook.isPresent() && fields.has("policy")) {
            throw new BadInput("policy", "cannot be given beside webhook");
        }
        if (webhook.isPresent()) {
            return fields.text("unreachable")
                    .<AdmissionRule.Refuser>map(why -> new AdmissionRule.UnreachableWebhook(webhook.get(), why))
                    .orElseGet(() -> new AdmissionRule.Webhook(
                            webhook.get(),
                            fields.number("code", 100, 599),
                            fields.text("reason"),
                            fields.text("message")));
        }
        try {
            return new AdmissionRule.Policy(
                    fields.required("policy"),
                    fields.text("binding"),
                    fields.text("reason"),
                    fields.required("message"));
        } catch (IllegalArgumentException unknown) {
            throw new BadInput("reason", unknown.getMessage());
        }
    }
}
