package io.github.acrattach.adapter.graph;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.Backoff;
import io.github.acrattach.adapter.azure.Reply;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.port.CloudUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/** Waits, for some seconds, until what was made in one place of the directory is known in the others. */
final class Spreading {

    private final Backoff backoff;

    Spreading(Azure azure) {
        // 1, 2, 4, 4 and 4 s.
        backoff = azure.backoff(5, Duration.ofSeconds(1), Duration.ofSeconds(4));
    }

    /** Repeats the request for as long as its answer is that the application is unknown. */
    Reply endured(Supplier<Reply> request, CredentialKey key) {
        for (int tries = 1; ; tries++) {
            Reply reply = request.get();
            if (!isTooYoung(reply)) {
                return reply;
            }
            if (!backoff.pauseAfter(tries)) {
                throw new CloudUnavailable(problem(key), Optional.empty());
            }
        }
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
}
