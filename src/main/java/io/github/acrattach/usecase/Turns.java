package io.github.acrattach.usecase;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Lets the runs for one credential work one after the other, as far as they are in this process. Runs in other processes
 * are told apart by what they leave; this spares them the effort in the common case.
 */
@ApplicationScoped
class Turns {

    private final Map<String, CompletableFuture<Void>> last = new ConcurrentHashMap<>();

    /** Begins the work when all that came before under the same name has ended, however it ended. */
    <T> Uni<T> take(String name, Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            CompletableFuture<Void> mine = new CompletableFuture<>();
            CompletableFuture<Void> before =
                    Optional.ofNullable(last.put(name, mine)).orElse(CompletableFuture.completedFuture(null));
            return Uni.createFrom()
                    // A copy, since whoever gives up waiting cancels it.
                    .completionStage(() -> before.copy())
                    .chain(work::get)
                    .onTermination()
                    .invoke(() -> before.whenComplete((done, failed) -> {
                        last.remove(name, mine);
                        mine.complete(null);
                    }));
        });
    }
}
