package io.github.acrattach.emulator.http;

import java.util.Optional;

/** Whoever answers the requests of one port; no answer means that the connection is dropped. */
@FunctionalInterface
public interface Responder {
    Optional<Answer> answer(Request request);
}
