package io.github.acrattach.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.acr.ContainerRegistries;
import io.github.acrattach.emulator.aks.ClusterActions;
import io.github.acrattach.emulator.aks.Commands;
import io.github.acrattach.emulator.aks.Kubeconfigs;
import io.github.acrattach.emulator.arm.Arm;
import io.github.acrattach.emulator.arm.Known;
import io.github.acrattach.emulator.arm.Page;
import io.github.acrattach.emulator.arm.ResourceEvent;
import io.github.acrattach.emulator.arm.Route;
import io.github.acrattach.emulator.arm.authorization.DenyAssignments;
import io.github.acrattach.emulator.arm.authorization.Hierarchy;
import io.github.acrattach.emulator.arm.authorization.PermissionProvider;
import io.github.acrattach.emulator.arm.authorization.Rights;
import io.github.acrattach.emulator.arm.authorization.RoleAssignmentProvider;
import io.github.acrattach.emulator.arm.authorization.RoleAssignmentRequest;
import io.github.acrattach.emulator.arm.authorization.RoleAssignments;
import io.github.acrattach.emulator.arm.authorization.RoleDefinitions;
import io.github.acrattach.emulator.arm.eventgrid.EventGridProvider;
import io.github.acrattach.emulator.arm.eventgrid.MetricsProvider;
import io.github.acrattach.emulator.arm.resources.ResourceProviders;
import io.github.acrattach.emulator.control.Control;
import io.github.acrattach.emulator.control.DirectoryControl;
import io.github.acrattach.emulator.control.World;
import io.github.acrattach.emulator.entra.Audiences;
import io.github.acrattach.emulator.entra.ClientSecrets;
import io.github.acrattach.emulator.entra.Entra;
import io.github.acrattach.emulator.entra.ManagedIdentityEndpoint;
import io.github.acrattach.emulator.entra.SigningKey;
import io.github.acrattach.emulator.entra.Tokens;
import io.github.acrattach.emulator.estate.Applications;
import io.github.acrattach.emulator.estate.AzureClock;
import io.github.acrattach.emulator.estate.Directory;
import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.estate.Grant;
import io.github.acrattach.emulator.eventgrid.Event;
import io.github.acrattach.emulator.eventgrid.EventGrid;
import io.github.acrattach.emulator.eventgrid.ResourceEvents;
import io.github.acrattach.emulator.frontdoor.Faults;
import io.github.acrattach.emulator.frontdoor.FrontDoor;
import io.github.acrattach.emulator.frontdoor.RequestLog;
import io.github.acrattach.emulator.graph.Graph;
import io.github.acrattach.emulator.graph.Quota;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Certificate;
import io.github.acrattach.emulator.http.Request;
import io.github.acrattach.emulator.kubernetes.AdmissionRule;
import io.github.acrattach.emulator.kubernetes.AdmissionRules;
import io.github.acrattach.emulator.kubernetes.AksCluster;
import io.github.acrattach.emulator.kubernetes.Controllers;
import io.github.acrattach.emulator.kubernetes.Doors;
import io.github.acrattach.emulator.kubernetes.InsidePorts;
import io.github.acrattach.emulator.kubernetes.Kubernetes;
import io.github.acrattach.emulator.storage.StorageAccounts;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

/** The services of one emulator, wired to each other. */
final class Azure implements World, AutoCloseable {
    private final URI uri;
    private final Estate estate;
    private final RequestLog log;
    private final Faults faults;
    private final ResourceEvents resourceEvents;
    private final EventGrid grid;
    private final Control control;
    private final AzureClock clock = new AzureClock();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2, work -> {
        Thread thread = new Thread(work, "emulator-timer");
        thread.setDaemon(true);
        return thread;
    });
    private final Directory directory;
    private final Applications applications;
    private final ClientSecrets secrets;
    private final RoleAssignments assignments;
    private final RoleDefinitions definitions;
    private final DenyAssignments denials;
    private final Hierarchy hierarchy;
    private final ResourceProviders providers;
    private final Audiences audiences;
    private final Tokens tokens;
    private final Entra entra;
    private final Arm arm;
    private final Graph graph;
    private final ContainerRegistries registries;
    private final FrontDoor frontDoor;
    private final InsidePorts inside;
    private final Doors doors;
    private final Kubernetes kubernetes;
    private final Commands commands;
    private final EventGridProvider eventGridProvider;
    private final StorageAccounts storage;

    Azure(URI uri, EmulatorOptions options, RequestLog log, Faults faults) {
        this.uri = uri;
        this.estate = options.estate();
        this.log = log;
        this.faults = faults;
        Page page = new Page(options.pageSize());
        Duration spreading = options.scaled(options.applicationReplication());
        Duration deletion = options.scaled(options.deletionReplication());
        directory = new Directory(clock, options.scaled(options.principalReplication()), spreading, deletion);
        applications = new Applications(clock, spreading, deletion);
        secrets = new ClientSecrets(clock, applications, directory, options.scaled(options.passwordReplication()));
        assignments = new RoleAssignments(options.roleAssignmentLimit());
        hierarchy = new Hierarchy(estate.managementGroups());
        definitions = new RoleDefinitions(hierarchy, page);
        denials = new DenyAssignments(hierarchy, page);
        resourceEvents = new ResourceEvents(estate.tenant().id());
        grid = new EventGrid(options.timeScale(), timer, this::announcedEarly);
        control = new Control(log, faults, grid, new DirectoryControl(directory, applications, clock), this);
        Rights rights = new Rights(assignments, definitions, denials, directory, hierarchy);
        inside = new InsidePorts(this::answer);
        doors = new Doors(uri, inside);
        providers = new ResourceProviders(
                estate,
                directory,
                assignments,
                rights,
                page,
                options.clusterCreation(),
                clock,
                timer,
                this::publish,
                doors::addressed);
        SigningKey key = SigningKey.ofThisProcess();
        audiences = Audiences.at(uri);
        tokens = new Tokens(key, estate.tenant(), uri);
        entra = new Entra(estate.tenant(), directory, applications, secrets, uri, key, tokens, audiences);
        commands = new Commands(options.kubernetes());
        kubernetes = new Kubernetes(
                tokens,
                audiences,
                rights,
                this::clusters,
                estate.namespaces(),
                new Controllers(timer, options.kubernetes().controllerDelay()),
                doors);
        eventGridProvider = new EventGridProvider(page);
        storage = new StorageAccounts(uri, tokens, audiences, rights);
        arm = new Arm(uri, tokens, audiences, routes(page, rights), known(), rights, options.throttling());
        graph = new Graph(
                uri,
                estate.tenant(),
                directory,
                applications,
                tokens,
                audiences,
                clock,
                new Quota(applications, directory, options.directoryQuota()),
                options.deletedNamesLikeTaken());
        registries =
                new ContainerRegistries(uri, estate, providers.access(), rights, directory, secrets, tokens, audiences);
        frontDoor = new FrontDoor(log, faults, this::serve, tokens::callerOf);
        load();
    }

    URI uri() {
        return uri;
    }

    AzureClock clock() {
        return clock;
    }

    RoleAssignments assignments() {
        return assignments;
    }

    Doors doors() {
        return doors;
    }

    AdmissionRules admission() {
        return kubernetes.admission();
    }

    Optional<ObjectNode> resource(String id) {
        return providers.find(id);
    }

    ManagedIdentityEndpoint managedIdentity(String header) {
        return new ManagedIdentityEndpoint(
                estate.managedIdentity(), estate.userAssignedIdentities(), header, tokens, audiences);
    }

    Optional<Answer> answer(Request request) {
        return control.answer(request).or(() -> frontDoor.answer(request));
    }

    ContainerRegistries registries() {
        return registries;
    }

    String tokenOf(String objectId, String audience) {
        return directory
                .byObjectId(objectId)
                .map(principal -> tokens.issue(principal, audience).token())
                .orElseThrow(() -> new IllegalArgumentException("There is no principal " + objectId));
    }

    StorageAccounts storage() {
        return storage;
    }

    EventGrid eventGrid() {
        return grid;
    }

    @Override
    public ObjectNode describe() {
        return new EstateNow(estate, directory, providers, assignments, denials, kubernetes).json();
    }

    @Override
    public void reset() {
        faults.clear();
        clock.reset();
        arm.reset();
        grid.reset();
        kubernetes.reset();
        registries.reset();
        load();
        log.clear();
    }

    @Override
    public ObjectNode assign(Grant grant) {
        return assignments.assign(grant, definitions, directory).body();
    }

    @Override
    public ObjectNode plantRoleDefinition(ObjectNode body) {
        return definitions.plant(body);
    }

    @Override
    public ObjectNode plantDenyAssignment(ObjectNode body) {
        return denials.plant(body);
    }

    @Override
    public ObjectNode plantResource(ObjectNode body) {
        return providers.plant(body);
    }

    @Override
    public ObjectNode changeResource(String id, ObjectNode changes) {
        return providers.change(id, changes);
    }

    @Override
    public void moveRegistryClients(String address, Optional<String> subnet) {
        registries.reachedFrom(address, subnet);
    }

    @Override
    public ObjectNode plantRegistryChild(String id, ObjectNode properties, String createdBy) {
        return providers.access().plant(id, properties, createdBy);
    }

    @Override
    public void refuse(AdmissionRule rule) {
        kubernetes.admission().add(rule);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        grid.close();
        commands.close();
        inside.close();
    }

    private void load() {
        directory.load(estate.principals(), estate.groups());
        definitions.load(estate.roleDefinitions());
        denials.load(estate.denyAssignments());
        applications.load(estate.principals());
        assignments.load(estate.roleAssignments(), definitions, directory);
        providers.load(estate);
        eventGridProvider.load(estate.eventGrid());
    }

    private Optional<Answer> serve(Request request) {
        if (kubernetes.serves(request.path())) {
            return kubernetes.answer(request);
        }
        if (storage.serves(request.path())) {
            return storage.answer(request);
        }
        return registries
                .answer(request)
                .or(() -> entra.answer(request))
                .or(() -> graph.answer(request))
                .or(() -> Optional.of(arm.answer(request)));
    }

    private Stream<AksCluster> clusters() {
        return providers
                .store()
                .below("")
                .filter(body ->
                        body.path("type").asText().equalsIgnoreCase("Microsoft.ContainerService/managedClusters"))
                .map(AksCluster::new);
    }

    private void publish(ResourceEvent event) {
        if (event.kind().equals("Delete")) {
            kubernetes.forget(event.resourceId());
        }
        grid.publish(resourceEvents.event(event));
    }

    private List<Route> routes(Page page, Rights rights) {
        List<Route> routes = new ArrayList<>(providers.routes());
        routes.addAll(definitions.routes());
        RoleAssignmentRequest reader = new RoleAssignmentRequest(estate.tenant(), definitions, directory);
        routes.addAll(
                new RoleAssignmentProvider(assignments, reader, providers, directory, hierarchy, page, this::publish)
                        .routes());
        routes.addAll(denials.routes());
        routes.addAll(new PermissionProvider(rights, page).routes());
        routes.addAll(eventGridProvider.routes());
        routes.addAll(new MetricsProvider(grid).routes());
        Kubeconfigs kubeconfigs = new Kubeconfigs(
                estate.tenant().id(), Certificate.ofThisProcess().pem(), doors);
        routes.addAll(new ClusterActions(providers, kubeconfigs, commands).routes());
        return routes;
    }

    private List<Event> announcedEarly() {
        return providers.announcedEarly().stream().map(resourceEvents::event).toList();
    }

    private Known known() {
        return new Known(
                estate.subscriptions(),
                Set.of(
                        "Microsoft.Authorization",
                        "Microsoft.ContainerRegistry",
                        "Microsoft.ContainerService",
                        "Microsoft.EventGrid",
                        "Microsoft.Insights",
                        "Microsoft.Network",
                        "Microsoft.Resources"));
    }
}
