package io.github.acrattach.adapter.kubernetes.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.adapter.azure.TransientStatus;
import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Guid;
import io.github.acrattach.domain.OutsideText;
import io.github.acrattach.domain.PowerState;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.ProvisioningState;
import io.github.acrattach.domain.StateProblems;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Turns what an API server answers, or that it does not, into a problem: its true cause, and what mends it.
 *
 * @param identity whom the API server sees
 * @param rights what this program needs there
 * @param caller the object id of this program's identity
 */
public record KubernetesDiagnosis(
        Cluster cluster, Kubeconfig.Identity identity, KubernetesRights rights, Supplier<Optional<String>> caller) {

    private static final Pattern USER = Pattern.compile("[A-Za-z0-9@._:-]{1,200}");
    private static final int FORBIDDEN = 403;
    private static final int INTERNAL_ERROR = 500;

    private static final String POLICIES = "kubectl get validatingadmissionpolicies,validatingadmissionpolicybindings";
    private static final String WEBHOOKS = "kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations";

    private static final String RUN_COMMAND =
            "set ACR_ATTACH_KUBERNETES_RUN_COMMAND=true to reach private clusters through Azure's command pod, or run"
                    + " this program in a network that reaches the cluster (VNet integration)";

    private static final String RUN_COMMAND_WITH_ENTRA =
            "run this program in a network that reaches the cluster (VNet integration); or set"
                    + " ACR_ATTACH_KUBERNETES_RUN_COMMAND=true and name the cluster in"
                    + " ACR_ATTACH_KUBERNETES_RUN_COMMAND_ENTRA_CLUSTERS, if its administrators may act as this program in"
                    + " every cluster that it reaches: Azure's command pod gets this program's token, which all clusters take";

    /** What an error answer means. Whoever refuses a write chooses any status, and the way may not tell it. */
    public KubernetesFailure of(ApiRequest request, int status, JsonNode answer, Optional<Duration> retryAfter) {
        if (!answer.path("kind").asText().equals("Status") && (status == 401 || status == 403 || status == 407)) {
            return lasting(status, stranger(request, status));
        }
        String message = answer.path("message").asText("");
        return ServerRefusal.in(message)
                .flatMap(refusal -> told(refusal, request, status, message))
                .orElseGet(() ->
                        new KubernetesFailure(status, passes(status), problem(request, status, message), retryAfter));
    }

    private Optional<KubernetesFailure> told(ServerRefusal refusal, ApiRequest request, int status, String message) {
        return switch (refusal.refuser()) {
            case WEBHOOK, POLICY, BROKEN_POLICY -> Optional.of(lasting(FORBIDDEN, notAdmitted(refusal, request)));
            case UNREACHED_WEBHOOK -> Optional.of(passing(INTERNAL_ERROR, unreached(refusal, request)));
            case NOT_READY -> Optional.of(passing(status, notReady(request)));
            case UNDECIDED -> Optional.of(passing(status, undecided(request)));
            case TERMINATION -> Optional.of(lasting(status, terminating(request)));
            case QUOTA -> Optional.of(lasting(status, quota(request, message)));
            case RBAC ->
                status == FORBIDDEN
                        ? Optional.of(lasting(status, missingRight(request, refusal.name())))
                        : Optional.empty();
        };
    }

    private static KubernetesFailure lasting(int status, Problem problem) {
        return new KubernetesFailure(status, false, problem, Optional.empty());
    }

    private static KubernetesFailure passing(int status, Problem problem) {
        return new KubernetesFailure(status, true, problem, Optional.empty());
    }

    private Problem problem(ApiRequest request, int status, String message) {
        return switch (status) {
            case 401 -> notAccepted(request);
            case 403 -> forbidden(request);
            case 404 -> problem(Kind.REJECTED, said(request, status, message), request, "Attach again.");
            case 429 -> problem(Kind.THROTTLED, "The API server asks to slow down.", request, Problem.WAITING_HELPS);
            default -> ofAnyStatus(request, status, message);
        };
    }

    private Problem ofAnyStatus(ApiRequest request, int status, String message) {
        return passes(status)
                ? problem(Kind.UNAVAILABLE, said(request, status, message), request, Problem.WAITING_HELPS)
                : problem(
                        Kind.REJECTED,
                        said(request, status, message),
                        request,
                        "Mend what the API server names, then attach again.");
    }

    private static boolean passes(int status) {
        return TransientStatus.is(status) || status == 409 || status == 410;
    }

    private Problem notAccepted(ApiRequest request) {
        return identity == Kubeconfig.Identity.ENTRA
                ? problem(
                        Kind.SIGN_IN_FAILED,
                        "The API server does not accept this program's Entra ID token: the cluster does not ask Entra ID,"
                                + " or another tenant.",
                        request,
                        "az aks update" + which() + " --enable-aad   (or set"
                                + " ACR_ATTACH_KUBERNETES_ADMIN_CREDENTIAL=true)")
                : problem(
                        Kind.SIGN_IN_FAILED,
                        "The API server does not accept the credential that Azure gave for it: it was replaced a moment"
                                + " ago, or the cluster does not allow it any more.",
                        request,
                        "Attach again; if it stays, az aks rotate-certs" + which());
    }

    private Problem terminating(ApiRequest request) {
        return problem(
                Kind.NAMESPACE_TERMINATING,
                "The namespace " + request.namespace().orElse("") + " is going away.",
                request,
                "Nothing is to be done: a namespace made again gets its secret.");
    }

    private Problem quota(ApiRequest request, String message) {
        return problem(
                Kind.QUOTA_EXCEEDED,
                "The namespace " + request.namespace().orElse("") + " holds as many " + request.resource()
                        + " as its quota allows. " + OutsideText.line(message),
                request,
                "kubectl -n " + request.namespace().orElse("default")
                        + " get resourcequota   (and raise the one that limits secrets, then attach again)");
    }

    /** Its words are not repeated: it has seen the secret, and says whatever it likes. */
    private Problem notAdmitted(ServerRefusal refusal, ApiRequest request) {
        return problem(
                Kind.NOT_ADMITTED,
                "The cluster's admission "
                        + refusal.admission().orElseThrow()
                        + (refusal.refuser() == ServerRefusal.Refuser.BROKEN_POLICY
                                ? ", which cannot be used as it is configured, refuses to "
                                : " refuses to ")
                        + request + '.',
                request,
                switch (refusal.refuser()) {
                            case WEBHOOK -> WEBHOOKS + "   (shows whose it is: let it accept ";
                            case BROKEN_POLICY ->
                                POLICIES + "   (shows it: mend its parameters and its binding, and let it accept ";
                            default -> POLICIES + "   (shows it: let it accept ";
                        }
                        + "the pull secret and service accounts that refer to it, then attach again)");
    }

    private Problem unreached(ServerRefusal refusal, ApiRequest request) {
        return problem(
                Kind.UNAVAILABLE,
                "The cluster's admission " + refusal.name().orElseThrow()
                        + ", which has to be asked before it is allowed" + " to " + request + ", does not answer.",
                request,
                Problem.WAITING_HELPS + "   (" + WEBHOOKS + " -o wide shows it, and its service has to have pods)");
    }

    private Problem notReady(ApiRequest request) {
        return problem(
                Kind.UNAVAILABLE,
                "The API server is not ready to judge whether to " + request + '.',
                request,
                Problem.WAITING_HELPS);
    }

    private Problem undecided(ApiRequest request) {
        return problem(
                Kind.UNAVAILABLE,
                "The API server could not ask Azure whether this program may " + request + '.',
                request,
                Problem.WAITING_HELPS);
    }

    /** Some other plugin of the API server: it knows the caller, and does not miss a right. */
    private Problem forbidden(ApiRequest request) {
        return problem(
                Kind.NOT_ADMITTED,
                "The API server forbids to " + request + ", and does not say that a right is missing.",
                request,
                WEBHOOKS + "; " + POLICIES
                        + "   (one of them, or the cluster's guard of system namespaces, is likely to be"
                        + " it; kubectl apply --dry-run=server as the same user shows its words)");
    }

    private Problem stranger(ApiRequest request, int status) {
        return problem(
                Kind.CLUSTER_UNREACHABLE,
                "The answer " + status + " to " + request
                        + " is not one of an API server's: a proxy, a firewall or a load"
                        + " balancer in between refuses the call.",
                request,
                wayIn());
    }

    private Problem missingRight(ApiRequest request, Optional<String> user) {
        String who = user.filter(name -> USER.matcher(name).matches())
                .or(caller::get)
                .orElse("<object id of this program's identity>");
        Optional<String> objectId = Guid.parse(who).map(id -> who).or(caller);
        return new Problem(
                Kind.MISSING_KUBERNETES_RIGHT,
                "The user " + who + " may not " + request + " in the cluster "
                        + cluster.id().name() + '.',
                Optional.of(request.action()),
                Optional.of(scope(request)),
                objectId,
                "where the cluster asks Azure RBAC: " + AzCommand.allowInCluster(cluster.id(), objectId)
                        + " ; where it asks Kubernetes RBAC: " + rights.allow(who));
    }

    /** What it means that there is no answer. */
    public KubernetesFailure of(ApiRequest request, IOException broken) {
        String words = broken.getClass().getSimpleName()
                + (broken.getMessage() == null ? "" : ": " + OutsideText.line(broken.getMessage()));
        if (isUntrusted(broken)) {
            return lasting(
                    Kind.UNTRUSTED_CERTIFICATE,
                    "The API server shows a certificate that its cluster's authority did not sign: " + words,
                    request,
                    "attach again, in case the cluster's certificates were renewed a moment ago; otherwise something"
                            + " intercepts the connection");
        }
        boolean noWay = broken instanceof UnknownHostException
                || broken instanceof NoRouteToHostException
                || broken instanceof SocketTimeoutException
                        && words.toLowerCase(Locale.ROOT).contains("connect timed out")
                // A public address that refuses is that of an API server which is being renewed.
                || broken instanceof ConnectException && cluster.apiServer().isPrivate();
        if (noWay && isComingUp()) {
            return new KubernetesFailure(
                    0,
                    true,
                    problem(
                            Kind.NOT_READY,
                            "The API server of " + cluster.id().name() + " does not answer yet: Azure is still "
                                    + (cluster.power() == PowerState.STARTING ? "starting" : "making")
                                    + " the cluster: " + words,
                            request,
                            Problem.WAITING_HELPS),
                    Optional.empty());
        }
        if (noWay) {
            return lasting(Kind.CLUSTER_UNREACHABLE, noWay(words), request, StateProblems.repair(cluster, wayIn()));
        }
        return new KubernetesFailure(
                0,
                true,
                problem(
                        Kind.UNAVAILABLE,
                        "The API server gave no usable answer: " + words,
                        request,
                        Problem.WAITING_HELPS),
                Optional.empty());
    }

    private static boolean isUntrusted(IOException broken) {
        return broken instanceof SSLPeerUnverifiedException
                || Stream.iterate((Throwable) broken, each -> each != null, Throwable::getCause)
                        .limit(10)
                        .anyMatch(GeneralSecurityException.class::isInstance);
    }

    private boolean isComingUp() {
        return cluster.state() == ProvisioningState.CREATING || cluster.power() == PowerState.STARTING;
    }

    /** That the cluster is stopped is only guessed where ARM does not tell. */
    private String noWay(String words) {
        String why = cluster.apiServer().isPrivate()
                ? ", which has no public address: "
                : cluster.power() == PowerState.UNKNOWN
                        ? "; the cluster is stopped, or its authorised address ranges shut this program out: "
                        : ", though the cluster runs: its authorised address ranges shut this program out, or it is down: ";
        return "This program cannot reach the API server of " + cluster.id().name() + why + words
                + StateProblems.failure(cluster);
    }

    private String wayIn() {
        if (cluster.apiServer().isPrivate()) {
            return cluster.apiServer().asksEntra() ? RUN_COMMAND_WITH_ENTRA : RUN_COMMAND;
        }
        String start = cluster.power() == PowerState.UNKNOWN ? AzCommand.start(cluster.id()) + ", or " : "";
        return "az aks show" + which()
                + " --query \"[powerState.code, apiServerAccessProfile.authorizedIpRanges]\"   (and " + start
                + "allow the outgoing addresses of this program: az aks update" + which()
                + " --api-server-authorized-ip-ranges \"<all allowed ranges>\")";
    }

    private String which() {
        return AzCommand.which(cluster.id());
    }

    private KubernetesFailure lasting(Kind kind, String cause, ApiRequest request, String fix) {
        return new KubernetesFailure(0, false, problem(kind, cause, request, fix), Optional.empty());
    }

    /** A problem that this program finds itself. */
    public Problem problem(Kind kind, String cause, ApiRequest request, String fix) {
        return new Problem(kind, cause, Optional.of(request.action()), Optional.of(scope(request)), caller.get(), fix);
    }

    private String scope(ApiRequest request) {
        return cluster.id()
                + request.namespace().map(each -> "/namespaces/" + each).orElse("");
    }

    /** What is said about a secret that was sent is not repeated: some of what judges it repeats the secret. */
    private static String said(ApiRequest request, int status, String message) {
        boolean tellable = !request.resource().equals(ApiRequest.SECRETS) || request.verb() == ApiRequest.Verb.GET;
        return "The API server answered " + status + " to " + request
                + (tellable && !message.isEmpty() ? ": " + OutsideText.line(message) : ".");
    }
}
