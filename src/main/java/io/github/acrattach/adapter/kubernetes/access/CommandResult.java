package io.github.acrattach.adapter.kubernetes.access;

import com.azure.resourcemanager.containerservice.fluent.models.RunCommandResultInner;
import io.github.acrattach.adapter.azure.ErrorAnswer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What became of a command: it ran, and printed something, or its pod did not run, for a reason. Azure tells such a reason in
 * a result, or as an error of the request: learn.microsoft.com/troubleshoot/azure/azure-kubernetes/connectivity,
 * resolve-az-aks-command-invoke-failures.
 *
 * @param reason Azure's words, where the pod did not run
 */
record CommandResult(boolean ended, String logs, Optional<Reason> reason) {

    /** What kept the pod from running. */
    enum Cause {
        /** Nodes are missing, full or tainted. */
        NO_NODE,
        /** A webhook, a policy or another plugin of the cluster's admission does not let it in. */
        NOT_ADMITTED,
        /** The cluster takes no commands. */
        DISABLED,
        OTHER
    }

    /**
     * Why the pod did not run, in Azure's words.
     *
     * @param refuser the webhook or policy that did not let it in, where it is named
     */
    record Reason(Cause cause, String words, Optional<String> refuser) {

        /** What Azure puts before the words of the API server. */
        private static final Pattern DETAILS = Pattern.compile(".*? details: ", Pattern.DOTALL);

        /** Of an admission plugin of the API server, whichever it is. */
        private static final Pattern FORBIDDEN = Pattern.compile("^pods \"[^\"]{1,253}\" is forbidden: ");

        private Reason(Cause cause, String words) {
            this(cause, words, Optional.empty());
        }

        static Reason of(String words) {
            if (words.contains("did not start within") || words.contains("cluster perf issue")) {
                return new Reason(Cause.NO_NODE, words);
            }
            if (words.toLowerCase(Locale.ROOT).contains("run command is disabled")) {
                return new Reason(Cause.DISABLED, words);
            }
            String answer = DETAILS.matcher(words).replaceFirst("");
            return ServerRefusal.in(answer)
                    .map(refusal -> new Reason(cause(refusal.refuser()), words, refusal.admission()))
                    .orElseGet(() ->
                            new Reason(FORBIDDEN.matcher(answer).find() ? Cause.NOT_ADMITTED : Cause.OTHER, words));
        }

        private static Cause cause(ServerRefusal.Refuser refuser) {
            return switch (refuser) {
                case WEBHOOK, POLICY, BROKEN_POLICY -> Cause.NOT_ADMITTED;
                case UNREACHED_WEBHOOK, TERMINATION, QUOTA, NOT_READY, UNDECIDED, RBAC -> Cause.OTHER;
            };
        }
    }

    static CommandResult of(RunCommandResultInner result) {
        return new CommandResult(
                result.exitCode() != null,
                Optional.ofNullable(result.logs()).orElse("").stripTrailing(),
                Optional.ofNullable(result.reason())
                        .filter(words -> !words.isBlank())
                        .map(Reason::of));
    }

    /** Of a request that Azure refuses because the pod did not run; empty for any other refusal. */
    static Optional<CommandResult> of(ErrorAnswer error) {
        if (error.isCode("KubernetesPerformanceError")) {
            return Optional.of(because(new Reason(Cause.NO_NODE, error.message())));
        }
        Reason reason = Reason.of(error.message());
        return error.isCode("KubernetesOperationError") || reason.cause() == Cause.DISABLED
                ? Optional.of(because(reason))
                : error.isCode("RunCommandDisabled")
                        ? Optional.of(because(new Reason(Cause.DISABLED, error.message())))
                        : Optional.empty();
    }

    /** Of a result that is not found: so Azure answers for a pod that was never scheduled. */
    static Optional<CommandResult> ofResult(ErrorAnswer error) {
        return error.status() == 404 && error.isCode("NotFound")
                ? Optional.of(because(new Reason(Cause.NO_NODE, error.message())))
                : of(error);
    }

    private static CommandResult because(Reason reason) {
        return new CommandResult(false, "", Optional.of(reason));
    }
}
