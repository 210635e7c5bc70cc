package io.github.acrattach.adapter.azure;

import io.github.acrattach.domain.FunctionApp;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Who signs managed identities in where this program runs, read from the environment as MSAL reads it; contracts:
 * learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference, by which App Service, Functions
 * and Container Apps set two variables once an identity is assigned, and the metadata service of virtual machines, which
 * nodes of AKS are. On a machine of Azure its silence passes; where nothing says that the machine is one, there is nobody
 * who could answer, and that is asked anew each time, by one for all who want to know it at that moment.
 */
@Singleton
final class IdentityHost {

    private static final URI METADATA_SERVICE =
            URI.create("http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01");

    private static final int MILLIS = 1_000;

    /** By which cloud-init and others know a virtual machine of Azure. */
    private static final String AZURE_ASSET_TAG = "7783-7084-3265-9085-8269-3286-77";

    private static final Path ASSET_TAG = Path.of("/sys/class/dmi/id/chassis_asset_tag");

    private final Map<String, String> environment;
    private final BooleanSupplier metadataService;
    private final AtomicReference<CompletableFuture<Boolean>> asking = new AtomicReference<>();
    private volatile boolean hasAnswered;

    /** That of this process. */
    @Inject
    IdentityHost() {
        this(System.getenv(), () -> isAzureMachine() || answers(METADATA_SERVICE));
    }

    /** @param metadataService whether that of a virtual machine answers */
    IdentityHost(Map<String, String> environment, BooleanSupplier metadataService) {
        this.environment = environment;
        this.metadataService = metadataService;
    }

    /** Why there is nobody who could sign this program in, and never will be as long as it is set up so. */
    Optional<SignInRefusal> obstacle() {
        boolean hasEndpoint = has("IDENTITY_ENDPOINT");
        boolean hasHeader = has("IDENTITY_HEADER");
        if (hasEndpoint && (hasHeader || has("IMDS_ENDPOINT"))
                || has("AZURE_POD_IDENTITY_AUTHORITY_HOST")
                || !isInApp() && has("MSI_ENDPOINT")) {
            return Optional.empty();
        }
        if (hasEndpoint || hasHeader) {
            return Optional.of(half(hasEndpoint));
        }
        if (isInApp()) {
            return Optional.of(new SignInRefusal(
                    "The " + app().what() + " has no identity: its host sets no IDENTITY_ENDPOINT.",
                    app().assignIdentity()));
        }
        return isMachine() ? Optional.empty() : Optional.of(nobody());
    }

    /** Whether it can be told without asking anybody. */
    boolean isKnown() {
        return isInApp() || has("IDENTITY_ENDPOINT") || has("IDENTITY_HEADER");
    }

    FunctionApp app() {
        return FunctionApp.in(environment);
    }

    private SignInRefusal half(boolean hasEndpoint) {
        return new SignInRefusal(
                "Of IDENTITY_ENDPOINT and IDENTITY_HEADER, only " + (hasEndpoint ? "the former" : "the latter")
                        + " is set; the host of a " + app().what() + " sets both.",
                app().deleteSettings("IDENTITY_ENDPOINT IDENTITY_HEADER")
                        + "   (they are the host's; and if the app has no identity: "
                        + app().assignIdentity() + ")");
    }

    private SignInRefusal nobody() {
        return new SignInRefusal(
                "There is no managed identity here: no IDENTITY_ENDPOINT is set, as in a function app that has an identity,"
                        + " and the metadata service of virtual machines does not answer.",
                "set ACR_ATTACH_AZURE_CREDENTIAL to workload-identity, client-secret or developer   (or run it as a"
                        + " function app, and give that one an identity: " + app().assignIdentity() + ")");
    }

    private boolean isMachine() {
        if (hasAnswered) {
            return true;
        }
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        CompletableFuture<Boolean> of = asking.compareAndExchange(null, answer);
        return of == null ? ask(answer) : of.join();
    }

    private boolean ask(CompletableFuture<Boolean> answer) {
        try {
            // Who asked before may have heard it since.
            hasAnswered = hasAnswered || metadataService.getAsBoolean();
        } finally {
            answer.complete(hasAnswered);
            asking.set(null);
        }
        return hasAnswered;
    }

    private boolean isInApp() {
        return has("WEBSITE_SITE_NAME") || has("WEBSITE_INSTANCE_ID") || has("CONTAINER_APP_NAME");
    }

    private boolean has(String name) {
        return !environment.getOrDefault(name, "").isBlank();
    }

    private static boolean isAzureMachine() {
        try {
            return Files.readString(ASSET_TAG).strip().equals(AZURE_ASSET_TAG);
        } catch (IOException | SecurityException notTold) {
            return false;
        }
    }

    /**
     * Whether it is the metadata service that answers: without the header that it demands, it refuses in JSON, and says who
     * it is. A proxy, or a network that lets nothing out, may answer in its place.
     */
    static boolean answers(URI service) {
        try {
            HttpURLConnection connection = (HttpURLConnection) service.toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(MILLIS);
            connection.setReadTimeout(MILLIS);
            connection.setInstanceFollowRedirects(false);
            try {
                connection.getResponseCode();
                return Stream.of("Server", "Content-Type")
                        .map(connection::getHeaderField)
                        .anyMatch(value ->
                                value != null && (value.startsWith("IMDS") || value.startsWith("application/json")));
            } finally {
                connection.disconnect();
            }
        } catch (IOException silent) {
            return false;
        }
    }
}
