package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.emulator.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Answers that are held back until the test has seen which calls were made without waiting for them: what is made at the
 * same time is told from what comes one after the other, however slow the machine.
 */
public final class HeldBack {

    private static final long PATIENCE_SECONDS = 60;

    private final BlockingQueue<Call> waiting = new LinkedBlockingQueue<>();
    private volatile boolean over;

    public HeldBack(Emulator emulator, Predicate<Request> which) {
        emulator.requests().watch((request, answer) -> {
            if (!over && which.test(request)) {
                Call call = new Call(request.method(), new CountDownLatch(1));
                waiting.add(call);
                if (over) {
                    // It came while the end did.
                    others();
                }
                call.await();
            }
        });
    }

    /** Waits until so many calls wait for their answers, lets them through and gives their methods. */
    public List<String> roundTrip(int size) throws InterruptedException {
        List<Call> calls = new ArrayList<>();
        while (calls.size() < size) {
            Call call = waiting.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(call).as("another call beside " + calls).isNotNull();
            calls.add(call);
        }
        return letThrough(calls);
    }

    /** The methods of the calls that nobody has waited for. */
    public List<String> others() {
        List<Call> calls = new ArrayList<>();
        waiting.drainTo(calls);
        return letThrough(calls);
    }

    /** From now on nothing is held back. */
    public void end() {
        over = true;
        others();
    }

    private static List<String> letThrough(List<Call> calls) {
        calls.forEach(call -> call.through().countDown());
        return calls.stream().map(Call::method).toList();
    }

    /** A call whose answer is held back. */
    private record Call(String method, CountDownLatch through) {

        void await() {
            try {
                through.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
