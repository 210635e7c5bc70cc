package io.github.acrattach.adapter.graph;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.Reply;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.port.CloudUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.StreamSupport;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Waits, for some seconds, until what was made in one place of the directory is known in the others. */
final class Spreading {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(4);

    private final Azure azure;

    Spreading(Azure azure) {
        this.azure = azure;
    }

    /** Repeats the request for as long as its answer is that the application is unknown. */
    Mono<Reply> endured(Mono<Reply> request, CredentialKey key) {
        return request.flatMap(reply -> isTooYoung(reply) ? Mono.error(new TooYoung()) : Mono.just(reply))
                .retryWhen(patience())
                .onErrorMap(TooYoung.class, young -> new CloudUnavailable(problem(key), Optional.empty()));
    }

    /** 1, 2, 4, 4 and 4 s. */
    private Retry patience() {
        return Retry.backoff(5, azure.pause(FIRST_WAIT))
                .maxBackoff(azure.pause(LONGEST_WAIT))
                .jitter(0.1)
                .filter(TooYoung.class::isInstance)
                .onRetryExhaustedThrow((spec, signal) -> signal.failure());
    }

    private static boolean isTooYoung(Reply reply) {
        if (reply.status() == 404) {
            return true;
        }
        JsonNode error = reply.json().path("error");
        return reply.status() == 400
                && (error.path("message").asText().contains("does not reference a valid application")
                        || StreamSupport.stream(error.path("details").spliterator(), false)
                                .anyMatch(detail -> detail.path("code").asText().equals("NoBackingApplicationObject")));
    }

    private static Problem problem(CredentialKey key) {
        return Problem.of(
                Kind.NOT_EFFECTIVE,
                "The directory does not know the application " + key.name() + " everywhere yet.",
                key.pairing().registry(),
                Problem.WAITING_HELPS);
    }

    /** Unknown as yet. */
    private static final class TooYoung extends RuntimeException {

        private static final long serialVersionUID = 1;

        TooYoung() {
            super("Unknown as yet.", null, false, false);
        }
    }
}
