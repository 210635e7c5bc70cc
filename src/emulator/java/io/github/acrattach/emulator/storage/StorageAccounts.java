package io.github.acrattach.emulator.storage;

import io.github.acrattach.emulator.arm.authorization.Rights;
import io.github.acrattach.emulator.entra.Audiences;
import io.github.acrattach.emulator.entra.Bearer;
import io.github.acrattach.emulator.entra.Tokens;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Request;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The data plane of storage accounts, by tokens of Entra ID alone: Get Queue Metadata and Get Blob
 * (learn.microsoft.com/rest/api/storageservices). The name of an account is the first part of the path behind the
 * service's, as Azurite has it; an account that does not exist has no address, so nothing answers.
 */
public final class StorageAccounts {
    private static final Pattern QUEUE = Pattern.compile("/_queues/([^/]+)/([^/]+)");
    private static final Pattern BLOB = Pattern.compile("/_blobs/([^/]+)/([^/]+)/(.+)");
    private static final Pattern VERSION = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final String FIRST_WITH_TOKENS = "2017-11-09";
    private static final String READ_QUEUE = "Microsoft.Storage/storageAccounts/queueServices/queues/read";
    private static final String READ_BLOB = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read";

    private final URI uri;
    private final Tokens tokens;
    private final Audiences audiences;
    private final Rights rights;
    private final Map<String, StorageAccount> accounts = new ConcurrentHashMap<>();

    public StorageAccounts(URI uri, Tokens tokens, Audiences audiences, Rights rights) {
        this.uri = uri;
        this.tokens = tokens;
        this.audiences = audiences;
        this.rights = rights;
    }

    /** A new, empty account with this ARM id. */
    public StorageAccount create(String id) {
        StorageAccount account = new StorageAccount(id);
        accounts.put(account.name(), account);
        return account;
    }

    /** What {@code AzureWebJobsStorage__queueServiceUri} is set to. */
    public URI queues(String account) {
        return URI.create(uri + "/_queues/" + account);
    }

    /** What {@code AzureWebJobsStorage__blobServiceUri} is set to. */
    public URI blobs(String account) {
        return URI.create(uri + "/_blobs/" + account);
    }

    public boolean serves(String path) {
        return path.startsWith("/_queues/") || path.startsWith("/_blobs/");
    }

    public Optional<Answer> answer(Request request) {
        String[] parts = request.path().split("/");
        return parts.length < 3
                ? Optional.empty()
                : Optional.ofNullable(accounts.get(parts[2])).map(account -> answered(account, request)
                        .with("x-ms-request-id", UUID.randomUUID().toString())
                        .with("x-ms-version", request.header("x-ms-version").orElse("2009-09-19")));
    }

    private Answer answered(StorageAccount account, Request request) {
        try {
            checkVersion(request);
            String caller = caller(request);
            if (account.isClosed()) {
                throw new StorageError(
                        403, "AuthorizationFailure", "This request is not authorized to perform this operation.");
            }
            if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
                throw new StorageError(405, "UnsupportedHttpVerb", "The resource doesn't support specified Http Verb.");
            }
            Matcher queue = QUEUE.matcher(request.path());
            return queue.matches() ? queue(account, queue.group(2), caller, request) : blob(account, caller, request);
        } catch (StorageError refusal) {
            return refusal.answer();
        }
    }

    private static void checkVersion(Request request) {
        String version = request.header("x-ms-version")
                .orElseThrow(() -> new StorageError(
                        400,
                        "MissingRequiredHeader",
                        "An HTTP header that's mandatory for this request is not specified: x-ms-version."));
        if (!VERSION.matcher(version).matches() || version.compareTo(FIRST_WITH_TOKENS) < 0) {
            throw new StorageError(
                    400, "InvalidHeaderValue", "The value for one of the HTTP headers is not in the correct format.");
        }
    }

    private String caller(Request request) {
        Bearer bearer = tokens.read(request, audiences.storage());
        if (bearer instanceof Bearer.Valid valid) {
            return valid.caller().objectId();
        }
        if (bearer instanceof Bearer.Missing) {
            throw new StorageError(
                    401,
                    "NoAuthenticationInformation",
                    "Server failed to authenticate the request. Please refer to the information in the"
                            + " www-authenticate header.");
        }
        throw new StorageError(
                401,
                "InvalidAuthenticationInfo",
                "Server failed to authenticate the request. Audience or token is bad.");
    }

    private Answer queue(StorageAccount account, String name, String caller, Request request) {
        if (request.query().get("comp").filter("metadata"::equals).isEmpty()) {
            throw new StorageError(
                    400, "InvalidQueryParameterValue", "Value for one of the query parameters is invalid: comp.");
        }
        authorize(rights.allow(caller, READ_QUEUE, account.id() + "/queueServices/default/queues/" + name));
        int messages = account.messages(name)
                .orElseThrow(() -> new StorageError(404, "QueueNotFound", "The specified queue does not exist."));
        return Answer.empty(200).with("x-ms-approximate-messages-count", String.valueOf(messages));
    }

    private Answer blob(StorageAccount account, String caller, Request request) {
        Matcher blob = BLOB.matcher(request.path());
        if (!blob.matches()) {
            throw new StorageError(
                    400, "InvalidUri", "The requested URI does not represent any resource on the server.");
        }
        String container = blob.group(2);
        authorize(rights.allowData(caller, READ_BLOB, account.id() + "/blobServices/default/containers/" + container));
        if (!account.hasContainer(container)) {
            throw new StorageError(404, "ContainerNotFound", "The specified container does not exist.");
        }
        byte[] content = account.blob(container, blob.group(3))
                .orElseThrow(() -> new StorageError(404, "BlobNotFound", "The specified blob does not exist."));
        return new Answer(200, Map.of("Content-Type", "application/octet-stream"), content)
                .with("x-ms-blob-type", "BlockBlob");
    }

    private static void authorize(boolean allowed) {
        if (!allowed) {
            throw new StorageError(
                    403,
                    "AuthorizationPermissionMismatch",
                    "This request is not authorized to perform this operation using this permission.");
        }
    }
}
