package io.github.acrattach.concurrent;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The time that a call has. Whatever blocks in it is interrupted when the time is over. */
public final class Deadline {

    private static final ThreadLocal<Alarm> INNERMOST = new ThreadLocal<>();

    private static ScheduledThreadPoolExecutor clock;

    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    public Duration left() {
        return Duration.ofNanos(end - System.nanoTime());
    }

    /** Whether there is time left for something that takes so long. */
    public boolean allows(Duration work) {
        return left().compareTo(work) > 0;
    }

    /** What comes of the work; empty when the time was over first. */
    public <T> Optional<T> limit(Supplier<T> work) {
        if (!allows(Duration.ZERO)) {
            return Optional.empty();
        }
        Alarm alarm = new Alarm();
        ScheduledFuture<?> set = clock().schedule(alarm::ring, left().toNanos(), TimeUnit.NANOSECONDS);
        try {
            return Optional.of(work.get());
        } catch (RuntimeException e) {
            if (alarm.rang()) {
                return Optional.empty();
            }
            throw e;
        } finally {
            set.cancel(false);
            alarm.silence();
        }
    }

    /** Whether a deadline in which this thread is has ended: what fails then may have failed because of it. */
    public static boolean hasEnded() {
        for (Alarm alarm = INNERMOST.get(); alarm != null; alarm = alarm.outer) {
            if (alarm.rang()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the time has passed; not when the work is given up. */
    public static boolean pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
            return true;
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Waits for what others work on; they are told to give it up when this thread is interrupted.
     *
     * @throws ExecutionException with its cause when it failed; an error is thrown as it is
     */
    public static <T> T await(CompletableFuture<T> answer, Runnable giveUp) throws ExecutionException {
        try {
            return answer.get();
        } catch (InterruptedException interrupted) {
            giveUp.run();
            throw givenUp();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw failed;
        }
    }

    /** For whoever is interrupted while it waits: the thread stays interrupted, and its work ends. */
    public static CancellationException givenUp() {
        Thread.currentThread().interrupt();
        return new CancellationException("The work was given up.");
    }

    /** Clears an interrupt that was meant for what has ended, unless it was a deadline's in which this thread still is. */
    static void clearInterrupt() {
        Thread.interrupted();
        for (Alarm alarm = INNERMOST.get(); alarm != null; alarm = alarm.outer) {
            alarm.repeat();
        }
    }

    /** Interrupts a thread, but never after it was silenced. */
    private static final class Alarm {
        private final Thread sleeper = Thread.currentThread();
        private final Alarm outer = INNERMOST.get();
        private boolean rang;
        private boolean silent;

        Alarm() {
            INNERMOST.set(this);
        }

        synchronized void ring() {
            if (!silent) {
                rang = true;
                sleeper.interrupt();
            }
        }

        synchronized boolean rang() {
            return rang;
        }

        synchronized void repeat() {
            if (rang) {
                sleeper.interrupt();
            }
        }

        void silence() {
            boolean mine;
            synchronized (this) {
                silent = true;
                mine = rang;
            }
            INNERMOST.set(outer);
            if (mine) {
                clearInterrupt();
            }
        }
    }

    /** Not in a static initialiser, which runs while the executable is built. */
    private static synchronized ScheduledThreadPoolExecutor clock() {
        if (clock == null) {
            clock = new ScheduledThreadPoolExecutor(1, work -> {
                Thread thread = new Thread(work, "deadlines");
                thread.setDaemon(true);
                return thread;
            });
            clock.setRemoveOnCancelPolicy(true);
        }
        return clock;
    }
}
