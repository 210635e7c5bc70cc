package io.github.acrattach.adapter.azure;

import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.port.CloudUnavailable;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Carries the SDK's answers over into the domain: a refusal becomes a value, and only what waiting mends a failure. */
public final class Answers {

    private Answers() {}

    /** What was looked up; absent when Azure answers 404. */
    public static <T> Uni<Lookup<T>> lookup(Mono<T> answer, Operation operation) {
        return Answers.<Lookup<T>>judged(
                answer.map(Lookup.Found::new),
                fault -> fault.status() == 404 ? new Lookup.Absent<>() : new Lookup.Denied<>(Diagnosis.of(fault, operation)),
                operation);
    }

    /**
     * What was done.
     *
     * @param refused what a refusal means, from Azure's code and the problem that it is
     */
    public static <T> Uni<T> attempt(Mono<T> answer, Refused<T> refused, Operation operation) {
        return judged(answer, fault -> refused.because(fault.code(), Diagnosis.of(fault, operation)), operation);
    }

    private static <T> Uni<T> judged(Mono<T> answer, Function<Fault, T> refused, Operation operation) {
        return Uni.createFrom()
                .completionStage(answer::toFuture)
                .onFailure()
                .recoverWithUni(thrown -> Fault.of(thrown)
                        .map(fault -> fault.passes()
                                ? Uni.createFrom().<T>failure(unavailable(fault, operation))
                                : Uni.createFrom().item(refused.apply(fault)))
                        .orElseGet(() -> Uni.createFrom().failure(thrown)));
    }

    private static CloudUnavailable unavailable(Fault fault, Operation operation) {
        return new CloudUnavailable(Diagnosis.of(fault, operation), fault.retryAfter());
    }

    /** Gives a refusal its meaning. */
    @FunctionalInterface
    public interface Refused<T> {

        /** The answer that stands for the refusal. */
        T because(String code, Problem problem);
    }
}
