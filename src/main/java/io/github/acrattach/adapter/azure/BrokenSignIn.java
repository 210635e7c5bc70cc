package io.github.acrattach.adapter.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import java.io.IOException;
import reactor.core.publisher.Mono;

/**
 * Tells a sign-in that can work soon from one that cannot: for managed identities, MSAL throws the same exception for
 * both, without the status.
 */
final class BrokenSignIn implements HttpPipelinePolicy {

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext call, HttpPipelineNextPolicy next) {
        return next.process().flatMap(answer -> {
            if (!TransientStatus.is(answer.getStatusCode())) {
                return Mono.just(answer);
            }
            answer.close();
            return Mono.error(() -> new Answered(answer));
        });
    }

    /** What the answer said of itself, carried through MSAL. */
    static final class Answered extends IOException {

        private static final long serialVersionUID = 1;

        private final transient Fault fault;

        private Answered(HttpResponse answer) {
            super("it answered " + answer.getStatusCode());
            fault = new Fault(
                    Fault.Origin.SIGN_IN_CONNECTION,
                    answer.getStatusCode(),
                    "",
                    getMessage() + '.',
                    RetryAfter.in(answer.getHeaderValue(HttpHeaderName.RETRY_AFTER)));
        }

        Fault fault() {
            return fault;
        }
    }
}
