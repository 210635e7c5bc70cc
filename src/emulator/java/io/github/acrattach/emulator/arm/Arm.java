package io.github.acrattach.emulator.arm;

import io.github.acrattach.emulator.arm.authorization.Rights;
import io.github.acrattach.emulator.entra.Audiences;
import io.github.acrattach.emulator.entra.Bearer;
import io.github.acrattach.emulator.entra.Caller;
import io.github.acrattach.emulator.entra.Tokens;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Request;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The gateway: token, API version, route, subscription, quota and rights, in that order, then the operation. */
public final class Arm {
    private static final Pattern API_VERSION = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(-[a-z]+)?");

    private final URI uri;
    private final Tokens tokens;
    private final Audiences audiences;
    private final List<Route> routes;
    private final Known known;
    private final Rights rights;
    private final Throttle throttle;

    public Arm(
            URI uri,
            Tokens tokens,
            Audiences audiences,
            List<Route> routes,
            Known known,
            Rights rights,
            boolean throttling) {
        this.uri = uri;
        this.tokens = tokens;
        this.audiences = audiences;
        this.routes = routes;
        this.known = known;
        this.rights = rights;
        this.throttle = new Throttle(throttling);
    }

    public Answer answer(Request request) {
        String id = UUID.randomUUID().toString();
        String correlation = request.header("x-ms-correlation-request-id").orElse(id);
        Answer answer;
        try {
            answer = admit(request);
        } catch (ArmError refusal) {
            answer = refusal.answer();
        }
        return answer.with("x-ms-request-id", id)
                .with("x-ms-correlation-request-id", correlation)
                .with("x-ms-routing-request-id", "WESTEUROPE:" + correlation)
                .with("Cache-Control", "no-cache")
                .with("X-Content-Type-Options", "nosniff");
    }

    public void reset() {
        throttle.reset();
    }

    private Answer admit(Request request) {
        Bearer bearer = tokens.read(request, audiences.arm());
        if (!(bearer instanceof Bearer.Valid valid)) {
            return Unauthenticated.answer(bearer, uri);
        }
        checkApiVersion(request);
        List<Route> onPath = routes.stream()
                .filter(route -> route.path().match(request.path()).isPresent())
                .toList();
        if (onPath.isEmpty()) {
            throw known.nothingAt(request.path());
        }
        Route route = onPath.stream()
                .filter(each -> each.method().equals(request.method()))
                .findFirst()
                .orElseThrow(() -> new ArmError(
                        405,
                        "MethodNotAllowed",
                        "The requested resource does not support http method '" + request.method() + "'."));
        Map<String, String> variables = route.path().match(request.path()).orElseThrow();
        known.checkSubscription(request.path());
        return perform(route, new Call(request, valid.caller(), variables, uri));
    }

    private Answer perform(Route route, Call call) {
        String bucket = known.subscriptionOf(call.request().path()).orElse("tenant");
        Throttle.Left left =
                throttle.take(call.request().method(), bucket, call.caller().objectId());
        if (throttle.refuses(left)) {
            long seconds = throttle.retryAfter(left).toSeconds();
            return left.on(new ArmError(
                            429,
                            "SubscriptionRequestsThrottled",
                            "Number of requests for subscription '" + bucket + "' exceeded the limit. Please try again"
                                    + " after '" + seconds + "' seconds.")
                    .answer()
                    .with("Retry-After", String.valueOf(seconds)));
        }
        try {
            route.action()
                    .ifPresent(action -> authorize(
                            call, action, route.path().scope(call.request().path())));
            return left.on(route.operation().perform(call));
        } catch (ArmError refusal) {
            return left.on(refusal.answer());
        }
    }

    private void authorize(Call call, String action, String scope) {
        Rights.Verdict verdict = rights.judge(action, scope, call);
        Caller caller = call.caller();
        if (verdict == Rights.Verdict.DENIED) {
            throw new ArmError(
                    403,
                    "DenyAssignmentAuthorizationFailed",
                    "The client '" + caller.appId() + "' with object id '" + caller.objectId()
                            + "' has permission to perform action '" + action + "' on scope '"
                            + (scope.isEmpty() ? "/" : scope) + "'; however, the access is denied because of "
                            + rights.denial(action, scope, call) + ".");
        }
        if (verdict != Rights.Verdict.ALLOWED) {
            throw new ArmError(
                    403,
                    "AuthorizationFailed",
                    "The client '" + caller.appId() + "' with object id '" + caller.objectId()
                            + (verdict == Rights.Verdict.MISSING
                                    ? "' does not have authorization"
                                    : "' has an authorization with ABAC condition that is not fulfilled")
                            + " to perform action '" + action + "' over scope '" + (scope.isEmpty() ? "/" : scope)
                            + "' or the scope is invalid. If access was recently granted,"
                            + " please refresh your credentials.");
        }
    }

    private static void checkApiVersion(Request request) {
        Optional<String> version = request.query().get("api-version");
        if (version.isEmpty()) {
            throw ArmError.badRequest(
                    "MissingApiVersionParameter",
                    "The api-version query parameter (?api-version=) is required for all requests.");
        }
        if (!API_VERSION.matcher(version.get()).matches()) {
            throw ArmError.badRequest(
                    "InvalidApiVersionParameter",
                    "The api-version '" + version.get() + "' is invalid. The supported versions are dates such as"
                            + " '2022-04-01', optionally with '-preview'.");
        }
    }
}
