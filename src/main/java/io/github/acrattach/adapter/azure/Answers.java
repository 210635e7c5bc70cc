package io.github.acrattach.adapter.azure;

import io.github.acrattach.concurrent.Deadline;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.port.CloudUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Waits for the SDK's answers, and carries them over into the domain: a refusal becomes a value, and only what waiting
 * mends a failure.
 */
public final class Answers {

    private Answers() {}

    /** A thing that has an id; absent when Azure says that there is no such thing. */
    public static <T> Lookup<T> lookup(Mono<T> answer, Operation operation) {
        return attempt(() -> firstHit(withBody(answer)), Answers::refused, operation);
    }

    /**
     * A cluster or registry, or what is read at it; absent only when ARM itself says that this very one is gone. Any other
     * 404 is as good as no answer.
     */
    public static <T> Lookup<T> resource(Mono<T> answer, ArmId resource, Operation operation) {
        return attempt(
                () -> firstHit(withBody(answer)),
                refusal -> {
                    if (Absence.isTold(refusal) && !Absence.isOf(resource, refusal)) {
                        throw Absence.doubtful(resource, refusal);
                    }
                    return refused(refusal);
                },
                operation);
    }

    /** The first hit of a search; absent when there is none. A 404 is no answer to a search, and a refusal. */
    public static <T> Lookup<T> search(Mono<T> firstHit, Operation operation) {
        return unlessRefused(() -> firstHit(firstHit), operation);
    }

    /** A removal, whose answer has no body when there was nothing to remove. */
    public static <T> Lookup<T> removal(Mono<T> removed, Operation operation) {
        return attempt(() -> firstHit(removed), Answers::refused, operation);
    }

    private static <T> Lookup<T> firstHit(Mono<T> answer) {
        return await(answer).<Lookup<T>>map(Lookup.Found::new).orElseGet(Lookup.Absent::new);
    }

    private static <T> Mono<T> withBody(Mono<T> answer) {
        return answer.switchIfEmpty(Mono.error(() -> useless("the answer has no body")));
    }

    private static <T> Lookup<T> refused(Refusal refusal) {
        return Absence.isTold(refusal) ? new Lookup.Absent<>() : new Lookup.Denied<>(refusal.problem());
    }

    /** A list; one below a scope that does not exist is refused, since nobody asks for it but by mistake. */
    public static <T> Lookup<List<T>> list(Mono<List<T>> items, Operation operation) {
        return unlessRefused(() -> new Lookup.Found<>(await(items).orElseGet(List::of)), operation);
    }

    /** What the work comes to, which may take several calls; a refusal of any of them ends it. */
    public static <T> Lookup<T> unlessRefused(Supplier<Lookup<T>> work, Operation operation) {
        return attempt(work, refusal -> new Lookup.Denied<>(refusal.problem()), operation);
    }

    /** What was done, or what a refusal of it means. */
    public static <T> T attempt(Supplier<T> work, Function<Refusal, T> refused, Operation operation) {
        try {
            return work.get();
        } catch (RuntimeException thrown) {
            Fault fault = Fault.of(thrown).orElseThrow(() -> thrown);
            Problem problem = Diagnosis.of(fault, operation);
            if (fault.passes()) {
                throw new CloudUnavailable(problem, fault.retryAfter());
            }
            return refused.apply(new Refusal(fault.status(), fault.code(), fault.message(), problem));
        }
    }

    /** The SDK's answer, if it has a body. The call is given up when the thread is interrupted. */
    public static <T> Optional<T> await(Mono<T> answer) {
        CompletableFuture<T> future = answer.toFuture();
        try {
            return Optional.ofNullable(Deadline.await(future, () -> future.cancel(true)));
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException own
                    ? own
                    : new IllegalStateException(failed.getCause());
        }
    }

    /** An answer that cannot be one of Azure's: as good as none. */
    public static RuntimeException useless(String why) {
        return new UncheckedIOException(new IOException(why));
    }

    /**
     * A permanent refusal.
     *
     * @param status the HTTP status; 0 when signing in was refused
     * @param code Azure's error code
     * @param message Azure's own words, on one line
     */
    public record Refusal(int status, String code, String message, Problem problem) {

        /** Whether it has this code; Azure does not keep to one case. */
        public boolean isCode(String wanted) {
            return code.equalsIgnoreCase(wanted);
        }
    }
}
