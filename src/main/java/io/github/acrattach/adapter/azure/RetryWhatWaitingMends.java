package io.github.acrattach.adapter.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.RequestRetryCondition;
import com.azure.core.http.policy.RetryStrategy;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * Retries what a short wait can mend: throttling, server errors and dropped connections, each request at most four
 * times. Azure's own Retry-After is kept to, as long as the waits fit into the time that a call has: if they do not,
 * the caller is told the cause and comes back later, instead of being kept waiting for nothing.
 */
final class RetryWhatWaitingMends implements RetryStrategy {

    private static final Duration ALL_WAITS = Duration.ofSeconds(20);

    private final Backoff backoff;
    private final boolean connecting;

    private RetryWhatWaitingMends(Backoff backoff, boolean connecting) {
        this.backoff = backoff;
        this.connecting = connecting;
    }

    /** For a host that is known to be there. */
    static RetryWhatWaitingMends everything(Backoff backoff) {
        return new RetryWhatWaitingMends(backoff, true);
    }

    /** For a host that may be out of reach for good, which is then worth telling at once. */
    static RetryWhatWaitingMends onceConnected(Backoff backoff) {
        return new RetryWhatWaitingMends(backoff, false);
    }

    @Override
    public int getMaxRetries() {
        return backoff.retries();
    }

    @Override
    public Duration calculateRetryDelay(int retryAttempts) {
        return backoff.delay(retryAttempts);
    }

    @Override
    public boolean shouldRetryCondition(RequestRetryCondition condition) {
        HttpResponse response = condition.getResponse();
        if (response != null) {
            int waits = condition.getTryCount() + 1;
            return TransientStatus.is(response.getStatusCode())
                    && RetryAfter.in(response.getHeaderValue(HttpHeaderName.RETRY_AFTER))
                            .filter(wait -> wait.multipliedBy(waits).compareTo(ALL_WAITS) > 0)
                            .isEmpty();
        }
        Throwable failure = condition.getThrowable();
        return (failure instanceof IOException || failure instanceof TimeoutException)
                && (connecting || !isOfConnecting(failure));
    }

    /** The policy asks about each cause by itself, and that of a refused connection is a closed channel. */
    private static boolean isOfConnecting(Throwable failure) {
        return failure instanceof ClosedChannelException
                || Fault.notConnected(failure).isPresent()
                || Fault.isUntrusted(failure);
    }
}
