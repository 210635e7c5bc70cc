package io.github.acrattach.emulator.frontdoor;

import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Request;
import io.github.acrattach.emulator.http.Responder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Records each request, lets a fault strike it when there is one, and passes it on otherwise. */
public final class FrontDoor implements Responder {
    private final RequestLog log;
    private final Faults faults;
    private final Responder services;
    private final Function<Request, Optional<String>> callerOf;

    public FrontDoor(RequestLog log, Faults faults, Responder services, Function<Request, Optional<String>> callerOf) {
        this.log = log;
        this.faults = faults;
        this.services = services;
        this.callerOf = callerOf;
    }

    @Override
    public Optional<Answer> answer(Request request) {
        long number = log.nextNumber();
        Instant start = Instant.now();
        Optional<Answer> answer = faults.strike(request.method(), request.path())
                .map(fault -> spoil(fault, request))
                .orElseGet(() -> services.answer(request));
        log.add(new RecordedRequest(
                number,
                start,
                Instant.now(),
                request.method(),
                request.path(),
                request.query().text(),
                callerOf.apply(request),
                answer.map(Answer::status).orElse(0)));
        answer.ifPresent(any -> log.show(request, any));
        return answer;
    }

    private Optional<Answer> spoil(Fault fault, Request request) {
        Optional<Answer> real = fault.afterwards() ? services.answer(request) : Optional.empty();
        sleep(fault.delay());
        if (!fault.afterwards() && fault.effect() instanceof Fault.Effect.Delay) {
            return services.answer(request);
        }
        if (fault.effect() instanceof Fault.Effect.Reply reply) {
            return Optional.of(reply.answer());
        }
        return fault.effect() instanceof Fault.Effect.Drop ? Optional.empty() : real;
    }

    private static void sleep(Duration delay) {
        try {
            Thread.sleep(delay.toMillis());
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }
}
