package io.github.acrattach.adapter.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.RequestIdPolicy;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.http.policy.UserAgentPolicy;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Secret;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * The cloud that the program works in. There is one pipeline for ARM and one for Graph, shared by all SDK managers, so
 * that each token is asked for once. All of it is made at first use.
 */
@ApplicationScoped
public class Azure {

    /** The AKS server application, the same in every tenant: what a token for a cluster's API server is made out to. */
    private static final String KUBERNETES = "6dae42f8-4368-4678-94ff-3960e28e3630";

    /** All storage accounts of all clouds (learn.microsoft.com/azure/storage/blobs/authorize-access-azure-active-directory). */
    private static final String STORAGE = "https://storage.azure.com";

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(Azure.class);

    private final double pace;
    private final AzureEnvironment environment;
    private final HttpClient http;
    private final SignedIn atArm;
    private final SignedIn atGraph;
    private final SignedIn atKubernetes;
    private final SignedIn atStorage;
    private final Backoff retries;
    private final HttpPipeline arm;
    private final HttpPipeline graph;
    private final HttpPipeline graphOnce;
    private final HttpPipeline registries;
    private final LoginServers loginServers;

    @Inject
    Azure(AzureSettings settings, IdentityHost host) {
        this(settings, host, 1);
    }

    /** @param pace what part of its usual pauses the program makes; for tests, which plant what it retries */
    Azure(AzureSettings settings, IdentityHost host, double pace) {
        this.pace = pace;
        environment = environment(settings);
        http = http(settings);
        TokenCredential credential = Credentials.of(settings, environment.getActiveDirectoryEndpoint(), http, host);
        SignInDiagnosis signIn = new SignInDiagnosis(settings, host.app());
        atArm = new SignedIn(credential, environment.getResourceManagerEndpoint(), signIn);
        atGraph = new SignedIn(credential, environment.getMicrosoftGraphEndpoint(), signIn);
        atKubernetes = new SignedIn(credential, KUBERNETES, signIn);
        atStorage = new SignedIn(credential, STORAGE, signIn);
        // 0.8, 1.6, 3.2 and 6.4 s.
        retries = backoff(4, Duration.ofMillis(800), Duration.ofMillis(6400));
        HttpPipelinePolicy patient = new RetryPolicy(RetryWhatWaitingMends.everything(retries));
        arm = pipeline(environment.getResourceManagerEndpoint(), atArm, patient);
        graph = pipeline(environment.getMicrosoftGraphEndpoint(), atGraph, patient);
        graphOnce = pipeline(environment.getMicrosoftGraphEndpoint(), atGraph);
        registries = new HttpPipelineBuilder()
                .httpClient(http)
                .policies(
                        new UserAgentPolicy("acr-attach"),
                        new RetryPolicy(RetryWhatWaitingMends.onceConnected(retries)))
                .build();
        loginServers = new LoginServers(
                settings.cloud().loginServerSuffix(), settings.endpoints().registry());
    }

    /** Tells at the start, not at the first event, that a setting cannot be meant. */
    static void check(@Observes StartupEvent started, AzureSettings settings, IdentityHost host) {
        AzureSettingsCheck.check(settings);
        if (settings.credential() == AzureSettings.Credential.MANAGED_IDENTITY) {
            tellWithoutIdentity(host);
        }
    }

    /** Once, and without holding the start up: it goes on, since what is asked for needs no identity to be refused well. */
    private static void tellWithoutIdentity(IdentityHost host) {
        Runnable telling = () -> host.obstacle()
                .ifPresent(refusal ->
                        LOG.error("Nothing can be done in Azure. " + refusal.why() + " Fix: " + refusal.fix()));
        if (host.isKnown()) {
            telling.run();
        } else {
            CompletableFuture.runAsync(telling);
        }
    }

    /** Speaks to Azure Resource Manager, as this program. */
    public HttpPipeline arm() {
        return arm;
    }

    /** Speaks to Microsoft Graph, as this program. */
    public HttpPipeline graph() {
        return graph;
    }

    /** The same, for requests that must not be repeated by themselves. */
    public HttpPipeline graphOnce() {
        return graphOnce;
    }

    /** Speaks to registries, as nobody. */
    public HttpPipeline registries() {
        return registries;
    }

    /** How long to wait before something is asked for again that usually wants so much time. */
    public Duration pause(Duration usual) {
        return Duration.ofNanos((long) (usual.toNanos() * pace));
    }

    /** How something is tried again that usually wants such pauses. */
    public Backoff backoff(int retries, Duration first, Duration longest) {
        return new Backoff(retries, pause(first), pause(longest));
    }

    /** The login server that ARM shows for a registry; empty when it is none of the registry's, and gets no password. */
    public Optional<String> loginServer(ArmId registry, String shown) {
        return loginServers.own(registry, shown);
    }

    /** Where the registry with this login server answers. */
    public String registryUrl(String loginServer) {
        return loginServers.url(loginServer);
    }

    /** This program's token for the API servers of clusters. */
    public Lookup<Secret> kubernetesToken(String scope) {
        return Answers.lookup(
                atKubernetes.token(),
                operation("Microsoft.ContainerService/managedClusters/listClusterUserCredential/action", scope));
    }

    /** What this program's token for ARM says; missing when it is opaque. */
    public Lookup<JsonNode> claimsAtArm() {
        return claims(atArm);
    }

    /** What this program's token for Microsoft Graph says; missing when it is opaque. */
    public Lookup<JsonNode> claimsAtGraph() {
        return claims(atGraph);
    }

    private Lookup<JsonNode> claims(SignedIn signedIn) {
        return Answers.lookup(signedIn.token(), operation("Microsoft.Resources/subscriptions/read", "/"))
                .map(token -> Claims.in(token.reveal()));
    }

    /** Speaks to a storage account at that address, as this program, and to no other host. */
    public HttpPipeline storage(String address) {
        return new HttpPipelineBuilder()
                .httpClient(http)
                .policies(new UserAgentPolicy("acr-attach"), new RequestIdPolicy(), new OneHost(address))
                .policies(new RetryPolicy(RetryWhatWaitingMends.onceConnected(retries)), atStorage)
                .build();
    }

    /** What the SDK's managers want to know of the cloud and a subscription in it. */
    public AzureProfile profile(UUID subscription) {
        return new AzureProfile(null, subscription.toString(), environment);
    }

    /** What the SDK's manager wants to know of the directory. */
    public AzureProfile profile() {
        return new AzureProfile(null, null, environment);
    }

    /** An operation that Azure RBAC judges, such as {@code Microsoft.ContainerService/managedClusters/read}. */
    public Operation operation(String action, String scope) {
        return operation(action, scope, who -> AzCommand.allow(action, scope, who));
    }

    /** An operation for which a right is given in another way. */
    public Operation operation(String action, String scope, Function<Optional<String>, String> howToAllow) {
        return new Operation(action, scope, this::caller, howToAllow);
    }

    /** The object id of this program's identity; empty before the first sign-in. */
    public Optional<String> caller() {
        return atArm.objectId().or(atGraph::objectId).or(atKubernetes::objectId).or(atStorage::objectId);
    }

    private HttpPipeline pipeline(String endpoint, SignedIn signedIn, HttpPipelinePolicy... retries) {
        return new HttpPipelineBuilder()
                .httpClient(http)
                .policies(new UserAgentPolicy("acr-attach"), new RequestIdPolicy(), new OneHost(endpoint))
                .policies(retries)
                .policies(new JsonAnswers(), signedIn)
                .build();
    }

    private static HttpClient http(AzureSettings settings) {
        if (System.getProperty("java.home") == null) {
            // An executable has no Java home, and the SDK's builder looks for a file below it.
            System.setProperty("java.home", "/");
        }
        java.net.http.HttpClient.Builder jdk = java.net.http.HttpClient.newBuilder();
        settings.trustedCertificates().ifPresent(file -> jdk.sslContext(Trust.alsoTrusting(file)));
        return new JdkHttpClientBuilder(jdk)
                .connectionTimeout(CONNECT)
                .responseTimeout(ANSWER)
                .readTimeout(ANSWER)
                .build();
    }

    private static AzureEnvironment environment(AzureSettings settings) {
        AzureEnvironment cloud =
                switch (settings.cloud()) {
                    case PUBLIC -> AzureEnvironment.AZURE;
                    case CHINA -> AzureEnvironment.AZURE_CHINA;
                    case US_GOVERNMENT -> AzureEnvironment.AZURE_US_GOVERNMENT;
                };
        Map<String, String> endpoints = new HashMap<>(cloud.getEndpoints());
        settings.endpoints().authority().ifPresent(url -> endpoints.put("activeDirectoryEndpointUrl", url));
        settings.endpoints().resourceManager().ifPresent(url -> {
            endpoints.put("resourceManagerEndpointUrl", url);
            endpoints.put("managementEndpointUrl", url);
        });
        settings.endpoints().graph().ifPresent(url -> endpoints.put("microsoftGraphResourceId", url));
        return new AzureEnvironment(endpoints);
    }
}
