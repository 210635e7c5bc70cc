package io.github.acrattach.adapter.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import io.github.acrattach.domain.OutsideText;
import java.io.IOException;
import java.util.Locale;
import reactor.core.publisher.Mono;

/**
 * Takes a success that is not JSON for what it is: the page of a proxy or a network, not an answer of Azure. Keeps the
 * body of an error, since the SDK reads that of a long-running operation once and then it is gone.
 */
final class JsonAnswers implements HttpPipelinePolicy {

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext call, HttpPipelineNextPolicy next) {
        return next.process().flatMap(JsonAnswers::checked);
    }

    private static Mono<HttpResponse> checked(HttpResponse answer) {
        String type = answer.getHeaderValue(HttpHeaderName.CONTENT_TYPE);
        if (answer.getStatusCode() >= 300) {
            return Mono.just(answer.buffer());
        }
        if (type == null || type.toLowerCase(Locale.ROOT).contains("json")) {
            return Mono.just(answer);
        }
        answer.close();
        return Mono.error(() -> new IOException("the answer is " + OutsideText.word(type)));
    }
}
