package io.github.acrattach.emulator.frontdoor;

import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** The requests that were made, oldest first; the oldest are forgotten when there are very many. */
public final class RequestLog {
    private static final int KEPT = 200_000;

    private final Queue<RecordedRequest> requests = new ConcurrentLinkedQueue<>();
    private final AtomicInteger kept = new AtomicInteger();
    private final AtomicLong numbers = new AtomicLong();

    long nextNumber() {
        return numbers.incrementAndGet();
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
