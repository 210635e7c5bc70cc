package io.github.acrattach.emulator.frontdoor;

import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Request;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** The requests that were made, oldest first; the oldest are forgotten when there are very many. */
public final class RequestLog {
    private static final int KEPT = 200_000;

    private final Queue<RecordedRequest> requests = new ConcurrentLinkedQueue<>();
    private final List<BiConsumer<Request, Answer>> watchers = new CopyOnWriteArrayList<>();
    private final AtomicInteger kept = new AtomicInteger();
    private final AtomicLong numbers = new AtomicLong();

    /** Sees every request in full, and its answer before it is sent; neither is kept. */
    public void watch(BiConsumer<Request, Answer> watcher) {
        watchers.add(watcher);
    }

    long nextNumber() {
        return numbers.incrementAndGet();
    }

    void show(Request request, Answer answer) {
        watchers.forEach(watcher -> watcher.accept(request, answer));
    }

    void add(RecordedRequest request) {
        requests.add(request);
        if (kept.incrementAndGet() > KEPT && requests.poll() != null) {
            kept.decrementAndGet();
        }
    }

    public List<RecordedRequest> list() {
        return requests.stream()
                .sorted(Comparator.comparingLong(RecordedRequest::number))
                .toList();
    }

    public List<RecordedRequest> matching(Predicate<RecordedRequest> wanted) {
        return list().stream().filter(wanted).toList();
    }

    public void clear() {
        while (requests.poll() != null) {
            kept.decrementAndGet();
        }
    }
}
