package io.github.acrattach.emulator.eventgrid;

import java.util.Arrays;
import java.util.Optional;

/** The two forms in which a subscription can have its events, by Azure's names for them. */
public enum EventSchema {
    EventGridSchema,
    CloudEventSchemaV1_0;

    public static Optional<EventSchema> named(String name) {
        return Arrays.stream(values())
                .filter(schema -> schema.name().equalsIgnoreCase(name))
                .findFirst();
    }
}
