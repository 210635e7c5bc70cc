package io.github.acrattach.emulator.host;

import java.util.Arrays;
import java.util.Optional;

/** The triggers that this stand-in can pull. */
public enum TriggerType {
    EVENT_GRID("eventGridTrigger"),
    QUEUE("queueTrigger"),
    TIMER("timerTrigger"),
    /** Its requests come through {@link HttpTriggerFront}. */
    HTTP("httpTrigger");

    private final String text;

    TriggerType(String text) {
        this.text = text;
    }

    static Optional<TriggerType> named(String text) {
        return Arrays.stream(values())
                .filter(type -> type.text.equalsIgnoreCase(text))
                .findFirst();
    }
}
