package io.github.acrattach.emulator.host;

import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;

/** The handlers of the job hosts, of which there are two for a while after a restart; the last one gets the calls. */
final class JobHosts implements AutoCloseable {
    private final Supplier<HandlerSource> starter;
    private final Duration sideBySide;
    private final Deque<HandlerSource> handlers = new ConcurrentLinkedDeque<>();

    JobHosts(Supplier<HandlerSource> starter, Duration sideBySide) {
        this.starter = starter;
        this.sideBySide = sideBySide;
        handlers.add(starter.get());
    }

    HandlerSource current() {
        return handlers.getLast();
    }

    /** What the old handler works on goes on until it is killed. */
    void restart() {
        HandlerSource old = current();
        HandlerSource next = starter.get();
        handlers.add(next);
        Thread killer = new Thread(() -> closeBeside(next, old), "job-host-restart");
        killer.setDaemon(true);
        killer.start();
    }

    private void closeBeside(HandlerSource next, HandlerSource old) {
        try {
            next.await();
            Thread.sleep(sideBySide.toMillis());
        } catch (HandlerUnavailable none) {
            // The new job host does not run; nor does the old one go on.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            old.close();
        }
    }

    List<Integer> exitCodes() {
        return handlers.stream().flatMap(each -> each.exitCodes().stream()).toList();
    }

    @Override
    public void close() {
        handlers.forEach(HandlerSource::close);
    }
}
