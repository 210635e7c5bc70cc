package io.github.acrattach.adapter.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.RequestRetryCondition;
import com.azure.core.http.policy.RetryStrategy;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;

/**
 * Retries what a short wait can mend: throttling, server errors and dropped connections, each request at most four
 * times and within about half of the time that a call has. Azure's own Retry-After is kept to, unless it is longer than
 * that: then the caller comes back later instead of being kept waiting.
 */
final class RetryWhatWaitingMends implements RetryStrategy {

    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);
    private static final Duration FIRST_DELAY = Duration.ofMillis(800);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(12);

    @Override
    public int getMaxRetries() {
        return 4;
    }

    /** 0.8, 1.6, 3.2 and 6.4 s, each a little shorter or longer so that many callers do not come back together. */
    @Override
    public Duration calculateRetryDelay(int retryAttempts) {
        double jitter = ThreadLocalRandom.current().nextDouble(0.9, 1.1);
        return Duration.ofMillis((long) (FIRST_DELAY.toMillis() * (1L << retryAttempts) * jitter));
    }

    @Override
    public boolean shouldRetryCondition(RequestRetryCondition condition) {
        HttpResponse response = condition.getResponse();
        if (response != null) {
            return PASSING.contains(response.getStatusCode())
                    && RetryAfter.in(response.getHeaderValue(HttpHeaderName.RETRY_AFTER))
                            .filter(wait -> wait.compareTo(LONGEST_WAIT) > 0)
                            .isEmpty();
        }
        Throwable failure = condition.getThrowable();
        return failure instanceof IOException || failure instanceof TimeoutException;
    }
}
