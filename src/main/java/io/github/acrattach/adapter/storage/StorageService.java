package io.github.acrattach.adapter.storage;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.HttpsOrigin;
import io.github.acrattach.adapter.azure.Operation;
import io.github.acrattach.adapter.azure.Reply;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.OutsideText;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.installation.HostStorage;
import java.net.URI;
import java.util.Optional;

/**
 * The blobs or the queues of a storage account. Its errors are XML, and their code is in a header, too
 * (learn.microsoft.com/rest/api/storageservices/status-and-error-codes2).
 */
record StorageService(String address, String scope, Azure azure) {

    /** The first that takes tokens of Entra ID is of 2017-11-09. */
    private static final String VERSION = "2021-12-02";

    private static final String ERROR_CODE = "x-ms-error-code";

    static StorageService queues(HostStorage storage, Azure azure) {
        return of(storage, storage.queues(), "queue", azure);
    }

    static StorageService blobs(HostStorage storage, Azure azure) {
        return of(storage, storage.blobs(), "blob", azure);
    }

    private static StorageService of(HostStorage storage, String address, String service, Azure azure) {
        String suffix = azure.profile().getEnvironment().getStorageEndpointSuffix();
        return new StorageService(
                (address.isEmpty() ? "https://" + storage.account() + '.' + service + suffix : address)
                        .replaceAll("/+$", ""),
                "the storage account " + storage.account(),
                azure);
    }

    /** What is there; absent when there is no such queue, container or blob. */
    Lookup<Reply> read(String path, Operation operation) {
        if (!takesTokens()) {
            return new Lookup.Denied<>(
                    problem(
                            Problem.Kind.FOREIGN_ADDRESS,
                            "The address of " + scope + " is no https URL, so that no token is sent there.",
                            operation,
                            "correct the app settings AzureWebJobsStorage__blobServiceUri and AzureWebJobsStorage__queueServiceUri"));
        }
        Reply reply = Reply.to(
                new HttpRequest(HttpMethod.GET, address + path)
                        .setHeader(HttpHeaderName.fromString("x-ms-version"), VERSION),
                azure.storage(address));
        if (reply.succeeded()) {
            return new Lookup.Found<>(reply);
        }
        String code =
                OutsideText.word(Optional.ofNullable(reply.headers().getValue(HttpHeaderName.fromString(ERROR_CODE)))
                        .orElse(""));
        if (reply.status() == 404 && code.endsWith("NotFound")) {
            return new Lookup.Absent<>();
        }
        if (reply.status() != 401 && reply.status() != 403) {
            throw Answers.useless(scope + " answered " + reply.status() + ' ' + code);
        }
        return new Lookup.Denied<>(refusal(reply.status(), code, operation));
    }

    private boolean takesTokens() {
        try {
            return HttpsOrigin.of(URI.create(address)).isPresent();
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private Problem refusal(int status, String code, Operation operation) {
        if (status == 401) {
            return problem(
                    Problem.Kind.SIGN_IN_FAILED,
                    "This program's token is not taken by " + scope + ": it answered 401 " + code + ".",
                    operation,
                    "check that acr-attach.azure.cloud and tenant-id are those of the storage account");
        }
        // Of the rules of its network (learn.microsoft.com/troubleshoot/azure/azure-storage, "AuthorizationFailure").
        if (code.equals("AuthorizationFailure")) {
            return problem(
                    Problem.Kind.REJECTED,
                    "The network rules of " + scope + " shut this program out: it answered 403 " + code + ".",
                    operation,
                    "let the app's subnet in: az storage account network-rule add --account-name \"" + account()
                            + "\" --subnet \"<id of the app's subnet>\"");
        }
        return problem(
                Problem.Kind.MISSING_RIGHT,
                operation.caller().get().map(id -> "The caller " + id).orElse("This program's identity")
                        + " lacks the right " + operation.action() + " at " + scope + ".",
                operation,
                operation.howToAllow().apply(operation.caller().get()).replace(scope, idOfAccount()));
    }

    private String account() {
        return scope.substring(scope.lastIndexOf(' ') + 1);
    }

    private String idOfAccount() {
        return "$(az storage account show --name " + account() + " --query id --output tsv)";
    }

    private Problem problem(Problem.Kind kind, String cause, Operation operation, String fix) {
        return new Problem(
                kind,
                cause,
                Optional.of(operation.action()),
                Optional.of(scope),
                operation.caller().get(),
                fix);
    }
}
