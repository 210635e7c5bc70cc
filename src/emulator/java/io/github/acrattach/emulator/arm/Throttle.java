package io.github.acrattach.emulator.arm;

import io.github.acrattach.emulator.http.Answer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A token bucket per subscription, principal and kind of call; sizes:
 * learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling.
 */
final class Throttle {
    private final boolean refuses;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    Throttle(boolean refuses) {
        this.refuses = refuses;
    }

    /** Takes one token; the gateway's answer must carry what is left. */
    Left take(String method, String subscription, String principal) {
        Kind kind =
                switch (method) {
                    case "GET", "HEAD" -> Kind.READS;
                    case "DELETE" -> Kind.DELETES;
                    default -> Kind.WRITES;
                };
        Bucket bucket = buckets.computeIfAbsent(subscription + "/" + principal + "/" + kind, key -> new Bucket(kind));
        return new Left(kind, bucket.take());
    }

    void reset() {
        buckets.clear();
    }

    /** What is left of one kind of call. */
    record Left(Kind kind, long tokens) {
        Answer on(Answer answer) {
            return answer.with(kind.header, String.valueOf(Math.max(tokens, 0)));
        }
    }

    /** Reads, writes and deletes are counted apart. */
    enum Kind {
        READS(250, 25),
        WRITES(200, 10),
        DELETES(200, 10);

        private final int size;
        private final int perSecond;
        private final String header = "x-ms-ratelimit-remaining-subscription-" + name().toLowerCase(Locale.ROOT);

        Kind(int size, int perSecond) {
            this.size = size;
            this.perSecond = perSecond;
        }
    }

    boolean refuses(Left left) {
        return refuses && left.tokens() < 0;
    }

    /** How long the gateway asks a refused caller to wait. */
    Duration retryAfter(Left left) {
        return Duration.ofSeconds(Math.max(1, -left.tokens() / left.kind().perSecond));
    }

    /** The tokens of one kind of call. */
    private static final class Bucket {
        private final Kind kind;
        private double tokens;
        private long filledAt = System.nanoTime();

        private Bucket(Kind kind) {
            this.kind = kind;
            this.tokens = kind.size;
        }

        /** Below zero when there was no token to take. */
        private synchronized long take() {
            long now = System.nanoTime();
            tokens = Math.min(kind.size, tokens + (now - filledAt) / 1e9 * kind.perSecond);
            filledAt = now;
            if (tokens < 1) {
                return -1;
            }
            tokens -= 1;
            return (long) tokens;
        }
    }
}
