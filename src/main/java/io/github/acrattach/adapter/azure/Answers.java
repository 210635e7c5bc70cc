package io.github.acrattach.adapter.azure;

import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.port.CloudUnavailable;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Carries the SDK's answers over into the domain: a refusal becomes a value, and only what waiting mends a failure. */
public final class Answers {

    private Answers() {}

    /** A thing that has an id; absent when Azure answers 404. */
    public static <T> Uni<Lookup<T>> lookup(Mono<T> answer, Operation operation) {
        return found(
                answer.<Lookup<T>>map(Lookup.Found::new)
                        .switchIfEmpty(Mono.error(() -> new IOException("the answer has no body"))),
                operation);
    }

    /** The first hit of a search; absent when there is none. */
    public static <T> Uni<Lookup<T>> search(Mono<T> firstHit, Operation operation) {
        return found(firstHit.<Lookup<T>>map(Lookup.Found::new).defaultIfEmpty(new Lookup.Absent<>()), operation);
    }

    private static <T> Uni<Lookup<T>> found(Mono<Lookup<T>> answer, Operation operation) {
        return judged(
                answer,
                fault -> fault.status() == 404
                        ? new Lookup.Absent<>()
                        : new Lookup.Denied<>(Diagnosis.of(fault, operation)),
                operation);
    }

    /** A list; one below a scope that does not exist is refused, since nobody asks for it but by mistake. */
    public static <T> Uni<Lookup<List<T>>> list(Mono<List<T>> items, Operation operation) {
        return judged(
                items.<Lookup<List<T>>>map(Lookup.Found::new),
                fault -> new Lookup.Denied<>(Diagnosis.of(fault, operation)),
                operation);
    }

    /** What was done, or what a refusal of it means. */
    public static <T> Uni<T> attempt(Mono<T> answer, Function<Refusal, T> refused, Operation operation) {
        return judged(
                answer,
                fault -> refused.apply(new Refusal(fault.status(), fault.code(), Diagnosis.of(fault, operation))),
                operation);
    }

    /** Goes on with what was found; ends with anything else. */
    public static <A, B> Uni<Lookup<B>> then(Uni<Lookup<A>> first, Function<A, Uni<Lookup<B>>> next) {
        return first.flatMap(answer ->
                answer.fold(next, () -> Uni.createFrom().item(new Lookup.Absent<>()), problem -> Uni.createFrom()
                        .item(new Lookup.Denied<>(problem))));
    }

    private static <T> Uni<T> judged(Mono<T> answer, Function<Fault, T> refused, Operation operation) {
        return Uni.createFrom().completionStage(answer::toFuture).onFailure().recoverWithUni(thrown -> Fault.of(thrown)
                .map(fault -> fault.passes()
                        ? Uni.createFrom().<T>failure(unavailable(fault, operation))
                        : Uni.createFrom().item(refused.apply(fault)))
                .orElseGet(() -> Uni.createFrom().failure(thrown)));
    }

    private static CloudUnavailable unavailable(Fault fault, Operation operation) {
        return new CloudUnavailable(Diagnosis.of(fault, operation), fault.retryAfter());
    }

    /**
     * A permanent refusal.
     *
     * @param status the HTTP status; 0 when signing in was refused
     * @param code Azure's error code, to be compared without case
     */
    public record Refusal(int status, String code, Problem problem) {}
}
