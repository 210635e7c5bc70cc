package io.github.acrattach.adapter.azure;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.aad.msal4j.MsalServiceException;
import io.github.acrattach.domain.OutsideText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;

/**
 * A failure of an Azure call, read from whatever the SDK threw.
 *
 * @param origin what failed
 * @param status the HTTP status; 0 when there was no answer
 * @param code Azure's error code; empty when the answer held none
 * @param message Azure's own words, on one line and cut to a readable length
 * @param fix what mends it, where that was told when it was read
 */
record Fault(
        Origin origin, int status, String code, String message, Optional<Duration> retryAfter, Optional<String> fix) {

    enum Origin {
        /** Azure answered with an error. */
        ANSWER,
        /** There was no answer, or none that is one of Azure's. */
        CONNECTION,
        /** Signing in was refused. */
        SIGN_IN,
        /** Whoever signs this program in gave no usable answer. */
        SIGN_IN_CONNECTION,
        /** The other side showed a certificate that is not trusted. */
        CERTIFICATE
    }

    /** MSAL's code for a managed identity endpoint that does not answer. */
    private static final String UNREACHABLE_IDENTITY = "managed_identity_unreachable_network";

    private static final List<String> LASTING_CONFLICTS = List.of(
            "RoleAssignmentExists",
            "RoleAssignmentUpdateNotPermitted",
            "RoleAssignmentLimitExceeded",
            "ScopeLocked",
            "MissingSubscriptionRegistration",
            "SubscriptionNotRegistered",
            "ReadOnlyDisabledSubscription");
    /**
     * What providers say while another operation goes on, with whatever status: AKS with 409, others with 400 or 412
     * (github.com/Azure/terraform-azurerm-aks issue 604, github.com/kaito-project/kaito issue 2075, aka.ms/aks-pending-operation).
     */
    private static final List<String> IN_PROGRESS = List.of(
            "AnotherOperationInProgress",
            "EtagMismatch",
            "OriginalEtagNotExpect",
            "RegistryStatusConflict",
            "RetryableError");

    /** The words of AKS for the code {@code OperationNotAllowed}, which says other things as well. */
    private static final Pattern ANOTHER_OPERATION =
            Pattern.compile("Another (?:agentpool )?operation (?:\\([^)]{1,100}\\) )?is in progress");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** By which Entra ID asks to come again: a loop that it has seen, and trouble of its own. */
    private static final Pattern PASSING_CODES = Pattern.compile("AADSTS(50196|90033)\\b");

    Fault(Origin origin, int status, String code, String message, Optional<Duration> retryAfter) {
        this(origin, status, code, message, retryAfter, Optional.empty());
    }

    /** Reads a failure; empty when it is not one of an Azure call but a defect of this program. */
    static Optional<Fault> of(Throwable thrown) {
        return cause(thrown, SignInFailed.class)
                .map(SignInFailed::fault)
                .or(() -> cause(thrown, Reply.Unwelcome.class).map(Reply.Unwelcome::fault))
                .or(() -> cause(thrown, HttpResponseException.class)
                        .map(HttpResponseException::getResponse)
                        .map(Fault::answer))
                .or(() -> cause(thrown, SSLHandshakeException.class)
                        .map(untrusted -> without(Origin.CERTIFICATE, untrusted)))
                .or(() -> brokenConnection(thrown).map(broken -> without(Origin.CONNECTION, broken)));
    }

    /** Reads why a credential gave no token; what it throws depends on its kind. */
    static Fault ofSignIn(Throwable thrown, SignInDiagnosis diagnosis) {
        Fault fault = ofSignIn(thrown);
        if (fault.origin != Origin.SIGN_IN) {
            return fault;
        }
        return cause(thrown, SignInRefusal.Known.class)
                .map(known -> fault.with(new SignInRefusal("", known.refusal().fix())))
                .or(() -> diagnosis.of(fault.message).map(fault::with))
                .orElse(fault);
    }

    private Fault with(SignInRefusal refusal) {
        return new Fault(
                origin, status, code, (refusal.why() + ' ' + message).strip(), retryAfter, Optional.of(refusal.fix()));
    }

    private static Fault ofSignIn(Throwable thrown) {
        Optional<Throwable> permanent = causes(thrown)
                .filter(each -> each instanceof SignInRefusal.Known || each instanceof FileSystemException)
                .findFirst();
        if (permanent.isPresent()) {
            return without(Origin.SIGN_IN, permanent.get());
        }
        return cause(thrown, SSLHandshakeException.class)
                .map(untrusted -> without(Origin.CERTIFICATE, untrusted))
                .or(() -> cause(thrown, BrokenSignIn.Answered.class).map(BrokenSignIn.Answered::fault))
                .or(() -> brokenConnection(thrown).map(broken -> without(Origin.SIGN_IN_CONNECTION, broken)))
                .or(() -> cause(thrown, MsalServiceException.class).map(Fault::told))
                .orElseGet(() -> without(Origin.SIGN_IN, thrown));
    }

    private static Fault told(MsalServiceException told) {
        boolean passing = UNREACHABLE_IDENTITY.equals(told.errorCode())
                || told.statusCode() != null && TransientStatus.is(told.statusCode())
                || told.getMessage() != null
                        && PASSING_CODES.matcher(told.getMessage()).find();
        return without(passing ? Origin.SIGN_IN_CONNECTION : Origin.SIGN_IN, told);
    }

    private static Fault without(Origin origin, Throwable thrown) {
        // The names of Java's own exceptions tell more than their messages, which are often empty.
        boolean isOwn = thrown.getClass() == IOException.class || thrown instanceof SignInRefusal.Known;
        String name = isOwn ? "" : thrown.getClass().getSimpleName() + ": ";
        String words = thrown.getMessage() == null ? name.replace(": ", "") : name + thrown.getMessage();
        return new Fault(origin, 0, "", sentence(words), Optional.empty());
    }

    /** Why there is no way to the host; empty when that is not what failed. */
    static Optional<String> notConnected(Throwable thrown) {
        if (is(thrown, UnresolvedAddressException.class) || is(thrown, UnknownHostException.class)) {
            return Optional.of("its name is not known here.");
        }
        if (is(thrown, HttpConnectTimeoutException.class)) {
            return Optional.of("nothing answers there.");
        }
        return is(thrown, ConnectException.class) ? Optional.of("the connection is refused.") : Optional.empty();
    }

    /** Whether the other side showed a certificate that is not trusted. */
    static boolean isUntrusted(Throwable thrown) {
        return is(thrown, SSLHandshakeException.class);
    }

    private static boolean is(Throwable thrown, Class<? extends Throwable> type) {
        return cause(thrown, type).isPresent();
    }

    private static Optional<Throwable> brokenConnection(Throwable thrown) {
        return causes(thrown)
                .filter(each -> each instanceof IOException || each instanceof TimeoutException)
                .findFirst();
    }

    private static Fault answer(HttpResponse response) {
        return answer(
                response.getStatusCode(),
                response.getHeaderValue(HttpHeaderName.RETRY_AFTER),
                // The SDK has buffered the body of an error before it throws.
                response.getBodyAsString().toFuture().getNow(""));
    }

    static Fault answer(int status, String retryAfterHeader, String body) {
        Optional<Duration> retryAfter = RetryAfter.in(retryAfterHeader);
        JsonNode error = envelope(body);
        String code = text(error, "code", "Code");
        if (code.isEmpty() && (status < 300 || status == 404)) {
            return new Fault(
                    Origin.CONNECTION, status, "", "The answer " + status + " is not one of Azure's.", retryAfter);
        }
        JsonNode message = error.has("message") ? error.path("message") : error.path("Message");
        return new Fault(
                Origin.ANSWER, status, code, sentence(message.path("value").asText(message.asText(""))), retryAfter);
    }

    /** The error object, in whichever of its envelopes it comes; see the ARM and Graph samples of the tests. */
    private static JsonNode envelope(String body) {
        try {
            JsonNode json = JSON.readTree(body == null ? "" : body);
            return Stream.of("error", "Error", "odata.error")
                    .map(json::path)
                    .filter(JsonNode::isObject)
                    .findFirst()
                    // A registry answers a list of them.
                    .or(() -> Optional.of(json.path("errors").path(0)).filter(JsonNode::isObject))
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
                || origin == Origin.SIGN_IN_CONNECTION
                || origin == Origin.ANSWER
                        && (TransientStatus.is(status)
                                || isCode("PrincipalNotFound")
                                || IN_PROGRESS.stream().anyMatch(this::isCode)
                                || ANOTHER_OPERATION.matcher(message).find()
                                // A conflict with something that goes on at the same time, unless it is one of these.
                                || status == 409 && LASTING_CONFLICTS.stream().noneMatch(this::isCode));
    }

    boolean isCode(String wanted) {
        return code.equalsIgnoreCase(wanted);
    }

    /** Whether something in between answered, a proxy or a firewall: what refuses for Azure has a code. */
    boolean isOfAStranger() {
        return origin == Origin.ANSWER && code.isEmpty() && (status == 401 || status == 403 || status == 407);
    }

    /** Azure's own words as a sentence of ours. */
    String said() {
        return "Azure answered " + status + (code.isEmpty() ? "" : " " + OutsideText.word(code))
                + (message.isEmpty() ? "." : ": " + OutsideText.line(message));
    }

    private static <T extends Throwable> Optional<T> cause(Throwable thrown, Class<T> type) {
        return causes(thrown).filter(type::isInstance).map(type::cast).findFirst();
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, each -> each != null, Throwable::getCause).limit(20);
    }

    private static String sentence(String text) {
        String line = OutsideText.onOneLine(text);
        return line.isEmpty() || line.endsWith(".") ? line : line + '.';
    }
}
