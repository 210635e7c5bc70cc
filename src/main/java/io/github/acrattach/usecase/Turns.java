package io.github.acrattach.usecase;

import io.github.acrattach.concurrent.Deadline;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets the runs for one credential work one after the other, as far as they are in this process. Runs in other processes
 * are told apart by what they leave; this spares them the effort in the common case.
 */
@ApplicationScoped
class Turns {

    private final Map<String, Turn> turns = new ConcurrentHashMap<>();

    /** Begins the work when all that came before under the same name has ended, however it ended. */
    <T> T take(String name, Supplier<T> work) {
        Turn turn = turns.compute(name, (same, there) -> (there == null ? new Turn() : there).joined());
        try {
            turn.free.acquire();
            try {
                return work.get();
            } finally {
                turn.free.release();
            }
        } catch (InterruptedException givenUp) {
            throw Deadline.givenUp();
        } finally {
            turns.computeIfPresent(name, (same, there) -> there.left());
        }
    }

    /** Goes from one to the next, in the order in which they came; gone when nobody waits for it. */
    private static final class Turn {
        private final Semaphore free = new Semaphore(1, true);
        private int members;

        Turn joined() {
            members++;
            return this;
        }

        Turn left() {
            members--;
            return members == 0 ? null : this;
        }
    }
}
