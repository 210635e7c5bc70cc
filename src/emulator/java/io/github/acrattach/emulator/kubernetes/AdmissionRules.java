package io.github.acrattach.emulator.kubernetes;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The webhooks and policies of all small clusters; the oldest that judges a write refuses it. */
public final class AdmissionRules {
    private final List<AdmissionRule> rules = new CopyOnWriteArrayList<>();

    public void add(AdmissionRule rule) {
        rules.add(rule);
    }

    public void clear() {
        rules.clear();
    }

    /** What a write of this user is asked about, once it is known to be valid. */
    Judge of(User user) {
        return (kind, namespace, name) -> rules.stream()
                .filter(rule -> rule.judges(user, kind, namespace))
                .findFirst()
                .ifPresent(rule -> {
                    throw rule.refuser().refusal(kind.plural(), name);
                });
    }

    /** Refuses a write, or lets it pass. */
    @FunctionalInterface
    interface Judge {
        void check(Kind kind, String namespace, String name);
    }
}
