package io.github.acrattach.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.acr.ContainerRegistries;
import io.github.acrattach.emulator.arm.authorization.RoleAssignment;
import io.github.acrattach.emulator.entra.ManagedIdentityEndpoint;
import io.github.acrattach.emulator.estate.AzureClock;
import io.github.acrattach.emulator.eventgrid.EventGrid;
import io.github.acrattach.emulator.frontdoor.Faults;
import io.github.acrattach.emulator.frontdoor.FrontDoor;
import io.github.acrattach.emulator.frontdoor.RequestLog;
import io.github.acrattach.emulator.http.Certificate;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.http.Port;
import io.github.acrattach.emulator.kubernetes.AdmissionRules;
import io.github.acrattach.emulator.kubernetes.ApiServer;
import io.github.acrattach.emulator.storage.StorageAccounts;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;

/**
 * One running emulator: Entra, ARM, Graph, registries and its own controls on one HTTPS port, managed identity on an
 * HTTP port.
 */
public final class Emulator implements AutoCloseable {
    private final RequestLog log = new RequestLog();
    private final Faults faults = new Faults();
    private final String identityHeader = UUID.randomUUID().toString();
    private final Azure azure;
    private final Port port;
    private final Port identityPort;

    private Emulator(EmulatorOptions options) {
        // The services need the address to put it into tokens and links, and the address needs the port.
        CompletableFuture<Azure> services = new CompletableFuture<>();
        port = Port.https(options.port(), Certificate.ofThisProcess().tls(), request -> services.join()
                .answer(request));
        URI uri = URI.create("https://localhost:" + port.number());
        try {
            azure = new Azure(uri, options, log, faults);
            services.complete(azure);
            ManagedIdentityEndpoint identity = azure.managedIdentity(identityHeader);
            identityPort = Port.http(new FrontDoor(
                    log, faults, request -> Optional.of(identity.answer(request)), request -> Optional.empty()));
        } catch (RuntimeException unusableEstate) {
            port.close();
            throw unusableEstate;
        }
    }

    public static Emulator start(EmulatorOptions options) {
        return new Emulator(options);
    }

    /** ARM, Graph and the authority all answer here. */
    public URI uri() {
        return azure.uri();
    }

    /** What a function app finds in IDENTITY_ENDPOINT. */
    public URI identityEndpoint() {
        return URI.create("http://127.0.0.1:" + identityPort.number() + ManagedIdentityEndpoint.PATH);
    }

    /** What a function app finds in IDENTITY_HEADER. */
    public String identityHeader() {
        return identityHeader;
    }

    /** PEM; whoever trusts it can call. */
    public String certificate() {
        return Certificate.ofThisProcess().pem();
    }

    /** PEM; a registry that trusts it accepts the tokens of the emulator's token service. */
    public String registryCertificate() {
        return Certificate.ofRegistries().pem();
    }

    /** What the issuer of those tokens is called. */
    public static String registryTokenIssuer() {
        return ContainerRegistries.ISSUER;
    }

    /** The token service that a registry with this login server names in its challenge. */
    public URI registryTokenService(String loginServer) {
        return azure.registries().tokenService(loginServer);
    }

    /** An access token of Entra for any principal, as its own endpoint would give it to whoever can sign in as it. */
    public String tokenOf(String objectId, String audience) {
        return azure.tokenOf(objectId, audience);
    }

    /** For clients in the same process. */
    public SSLContext trust() {
        return Certificate.ofThisProcess().tls();
    }

    public RequestLog requests() {
        return log;
    }

    public Faults faults() {
        return faults;
    }

    /** Who refuses what is written into the small clusters. */
    public AdmissionRules admission() {
        return azure.admission();
    }

    /** By which the directory replicates and passwords expire. */
    public AzureClock clock() {
        return azure.clock();
    }

    /** Storage accounts; there is none until a test makes one, and none is lost by a reset. */
    public StorageAccounts storage() {
        return azure.storage();
    }

    public EventGrid eventGrid() {
        return azure.eventGrid();
    }

    public List<RoleAssignment> roleAssignments() {
        return azure.assignments().list();
    }

    /** The body of a resource as it is now. */
    public Optional<ObjectNode> resource(String id) {
        return azure.resource(id);
    }

    /**
     * Changes properties of a resource as no call of ARM would, such as its {@code provisioningState}; one that is null goes
     * away, and no event tells of it.
     */
    public void changeResource(String id, ObjectNode properties) {
        azure.changeResource(id, Json.object().set("properties", properties));
    }

    /** Makes a resource that somebody else made, as ARM shows it; no event tells of it. */
    public void plantResource(ObjectNode body) {
        azure.plantResource(body);
    }

    /** Has all clients of registries come from an address, such as that of a cluster's egress, until the next reset. */
    public void moveRegistryClients(String address) {
        azure.moveRegistryClients(address, Optional.empty());
    }

    /**
     * Lets a real API server stand for a cluster: its kubeconfigs name that server from now on, even after a reset; the
     * certificates and the key are PEM.
     */
    public void useApiServer(String clusterId, URI server, String ca, String adminCertificate, String adminKey) {
        azure.doors().use(clusterId, new ApiServer(server, ca, adminCertificate, adminKey));
    }

    /** Back to the loaded estate: no faults, no deliveries, no requests on record; event subscriptions stay. */
    public void reset() {
        azure.reset();
    }

    @Override
    public void close() {
        port.close();
        identityPort.close();
        azure.close();
    }
}
