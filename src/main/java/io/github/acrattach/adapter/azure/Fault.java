package io.github.acrattach.adapter.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.aad.msal4j.MsalServiceException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A failure of an Azure call, read from whatever the SDK threw.
 *
 * @param origin what failed
 * @param status the HTTP status; 0 when there was no answer
 * @param code Azure's error code; empty when the answer held none
 * @param message Azure's own words, on one line and cut to a readable length
 */
record Fault(Origin origin, int status, String code, String message, Optional<Duration> retryAfter) {

    enum Origin {
        /** Azure answered with an error. */
        ANSWER,
        /** Signing in was refused. */
        SIGN_IN,
        /** There was no answer, or none that is one of Azure's. */
        CONNECTION
    }

    private static final int READABLE = 600;
    private static final List<String> LASTING_CONFLICTS =
            List.of("RoleAssignmentExists", "ScopeLocked", "MissingSubscriptionRegistration");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads a failure; empty when it is not one of an Azure call but a defect of this program. */
    static Optional<Fault> of(Throwable thrown) {
        Throwable signIn = cause(
                        thrown,
                        each -> each instanceof MsalServiceException || each instanceof ClientAuthenticationException)
                .orElse(null);
        if (signIn instanceof MsalServiceException msal
                && !passing(msal.statusCode() == null ? 0 : msal.statusCode())) {
            return Optional.of(signIn(msal));
        }
        Throwable http = cause(thrown, HttpResponseException.class::isInstance).orElse(null);
        if (http instanceof HttpResponseException failed && failed.getResponse() != null) {
            return Optional.of(answer(failed.getResponse()));
        }
        return cause(
                        thrown,
                        each -> each instanceof IOException
                                || each instanceof TimeoutException
                                || each instanceof MsalServiceException)
                .map(broken -> new Fault(Origin.CONNECTION, 0, "", words(broken), Optional.empty()))
                .or(() -> Optional.ofNullable(signIn).map(Fault::signIn));
    }

    private static Fault signIn(Throwable refused) {
        return new Fault(Origin.SIGN_IN, 0, "", words(refused), Optional.empty());
    }

    private static Fault answer(HttpResponse response) {
        int status = response.getStatusCode();
        Optional<Duration> retryAfter = RetryAfter.in(response.getHeaderValue(HttpHeaderName.RETRY_AFTER));
        // The SDK has buffered the body of an error before it throws.
        JsonNode error = envelope(response.getBodyAsString().toFuture().getNow(""));
        String code = text(error, "code", "Code");
        if (code.isEmpty() && status < 300) {
            return new Fault(Origin.CONNECTION, status, "", "The answer is not one of Azure's.", retryAfter);
        }
        JsonNode message = error.has("message") ? error.path("message") : error.path("Message");
        return new Fault(
                Origin.ANSWER, status, code, oneLine(message.path("value").asText(message.asText(""))), retryAfter);
    }

    /** The error object, in whichever of its envelopes it comes; see the ARM and Graph samples of the tests. */
    private static JsonNode envelope(String body) {
        try {
            JsonNode json = JSON.readTree(body == null ? "" : body);
            return Stream.of("error", "Error", "odata.error")
                    .map(json::path)
                    .filter(JsonNode::isObject)
                    .findFirst()
                    .orElse(json);
        } catch (JsonProcessingException html) {
            return JSON.createObjectNode();
        }
    }

    private static String text(JsonNode json, String... names) {
        return Stream.of(names)
                .map(name -> json.path(name).asText(""))
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("");
    }

    /** Whether the same again, later, can succeed. */
    boolean passes() {
        return origin == Origin.CONNECTION
                || origin == Origin.ANSWER
                        && (passing(status)
                                || isCode("PrincipalNotFound")
                                // A conflict with something that goes on at the same time, unless it is one of these.
                                || status == 409 && LASTING_CONFLICTS.stream().noneMatch(this::isCode));
    }

    private static boolean passing(int status) {
        return status == 0 || status == 408 || status == 429 || status >= 500;
    }

    private boolean isCode(String wanted) {
        return code.equalsIgnoreCase(wanted);
    }

    private static Optional<Throwable> cause(Throwable thrown, Predicate<Throwable> wanted) {
        return Stream.iterate(thrown, each -> each != null, Throwable::getCause)
                .limit(20)
                .filter(wanted)
                .findFirst();
    }

    private static String words(Throwable thrown) {
        return oneLine(thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage());
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= READABLE ? line : line.substring(0, READABLE) + "...";
    }
}
