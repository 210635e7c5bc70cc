package io.github.acrattach.adapter.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.Reply;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Guid;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.NewPassword;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.PullCredential;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Secret;
import io.github.acrattach.port.PullCredentials;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Applications in the directory, each with its service principal; found again by a unique name. */
@ApplicationScoped
class GraphApplications implements PullCredentials {

    private static final String APPLICATIONS = "applications";
    private static final String SELECT = "?$select=" + Registration.FIELDS;

    private final Azure azure;
    private final GraphRequests graph;

    GraphApplications(Azure azure) {
        this.azure = azure;
        graph = new GraphRequests(azure);
    }

    @Override
    public CredentialKind kind() {
        return CredentialKind.SERVICE_PRINCIPAL;
    }

    @Override
    public Uni<Lookup<PullCredential>> find(CredentialKey key, PullSecretTerms terms) {
        return judged(
                then(registration(key), mine -> principal(mine)
                        .map(principal -> new Lookup.Found<>(mine.credential(key, principal)))),
                key);
    }

    @Override
    public Uni<Lookup<PullCredential>> make(CredentialKey key, PullSecretTerms terms) {
        Mono<Lookup<Registration>> registered = registration(key)
                .flatMap(answer -> answer instanceof Lookup.Absent<Registration> ? registered(key) : Mono.just(answer));
        return judged(
                then(registered, mine -> withPrincipal(mine, key)
                        .map(principal -> new Lookup.Found<>(mine.credential(key, Optional.of(principal))))),
                key);
    }

    @Override
    public Uni<Lookup<NewPassword>> addPassword(PullCredential credential, Instant expires) {
        ObjectNode wanted = JsonNodeFactory.instance.objectNode();
        wanted.putObject("passwordCredential")
                .put("displayName", "acr-attach")
                .put("endDateTime", expires.truncatedTo(ChronoUnit.MILLIS).toString());
        Mono<Lookup<NewPassword>> added = Spreading.endured(
                        graph.post(APPLICATIONS + '/' + credential.issuerId() + "/addPassword", wanted),
                        credential.key())
                .flatMap(GraphRequests::succeeded)
                .map(Reply::json)
                .flatMap(made -> made.path("secretText").isTextual()
                        ? Mono.just(new Lookup.Found<>(new NewPassword(
                                Registration.password(made),
                                new Secret(made.path("secretText").textValue()))))
                        : Mono.error(() -> new IOException("the answer holds no password")));
        return judged(added, credential.key());
    }

    @Override
    public Uni<Lookup<Password>> removePassword(PullCredential credential, Password password) {
        ObjectNode which = JsonNodeFactory.instance.objectNode().put("keyId", password.id());
        String application = APPLICATIONS + '/' + credential.issuerId();
        Mono<Reply> removed = graph.post(application + "/removePassword", which)
                // A password that is gone is refused like a request that cannot be meant.
                .flatMap(reply -> reply.status() == 400 || reply.status() == 404
                        ? graph.get(application + SELECT)
                                .flatMap(now -> lists(password, now) ? GraphRequests.succeeded(reply) : Mono.just(now))
                        : GraphRequests.succeeded(reply));
        return judged(removed.map(reply -> new Lookup.Found<>(password)), credential.key());
    }

    @Override
    public Uni<Lookup<CredentialKey>> remove(CredentialKey key) {
        return judged(
                then(registration(key), mine -> graph.delete(APPLICATIONS + '/' + mine.objectId())
                        .flatMap(reply -> reply.status() == 404 ? Mono.just(reply) : GraphRequests.succeeded(reply))
                        .map(gone -> new Lookup.Found<>(key))),
                key);
    }

    @Override
    public Uni<Lookup<List<CredentialKey>>> at(ArmId registry) {
        String filter = "tags/any(t:t eq '" + Registration.tag(registry) + "')";
        return Answers.list(
                graph.list(APPLICATIONS + SELECT + ",uniqueName&$filter=" + encoded(filter))
                        .map(applications -> applications.stream()
                                .flatMap(application -> key(application).stream())
                                .filter(key -> key.pairing().registry().equals(registry))
                                .toList()),
                GraphPermission.OWN.on("the applications for " + registry, azure));
    }

    private static Optional<CredentialKey> key(JsonNode application) {
        return Registration.read(application).key().filter(key -> key.name()
                .equals(application.path("uniqueName").asText()));
    }

    /** The application of that name, unless it is somebody else's. */
    private Mono<Lookup<Registration>> registration(CredentialKey key) {
        return graph.get(named(key) + SELECT)
                .flatMap(reply -> reply.status() == 404
                        ? Mono.just(new Lookup.Absent<>())
                        : GraphRequests.succeeded(reply).map(found -> ours(found, key)));
    }

    /** Made by whoever comes first: two at once are answered with the same one. */
    private Mono<Lookup<Registration>> registered(CredentialKey key) {
        return graph.upsert(named(key), Registration.body(key))
                .flatMap(reply -> isTaken(reply) ? Mono.just(reply) : GraphRequests.succeeded(reply))
                .flatMap(reply -> reply.status() == 201
                        ? Mono.just(reply)
                        : Spreading.endured(graph.get(named(key) + SELECT), key).flatMap(GraphRequests::succeeded))
                .map(reply -> ours(reply, key));
    }

    private Mono<Optional<UUID>> principal(Registration mine) {
        return graph.get(principalOf(mine))
                .flatMap(reply -> reply.status() == 404
                        ? Mono.just(Optional.empty())
                        : GraphRequests.succeeded(reply).map(GraphApplications::objectId));
    }

    private Mono<UUID> withPrincipal(Registration mine, CredentialKey key) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("appId", mine.clientId());
        Mono<Optional<UUID>> made = Spreading.endured(graph.post("servicePrincipals", body), key)
                .flatMap(reply ->
                        isTaken(reply) ? Spreading.endured(graph.get(principalOf(mine)), key) : Mono.just(reply))
                .flatMap(GraphRequests::succeeded)
                .map(GraphApplications::objectId);
        return principal(mine)
                .flatMap(there -> there.isPresent() ? Mono.just(there) : made)
                .flatMap(Mono::justOrEmpty)
                .switchIfEmpty(Mono.error(() -> new IOException("the answer names no service principal")));
    }

    private static boolean isTaken(Reply reply) {
        return reply.json().path("error").path("code").asText().equals("Request_MultipleObjectsWithSameKeyValue");
    }

    private static boolean lists(Password password, Reply application) {
        return application.status() != 404
                && (!application.succeeded()
                        || Registration.read(application.json()).passwords().stream()
                                .anyMatch(each -> each.id().equals(password.id())));
    }

    private static Lookup<Registration> ours(Reply reply, CredentialKey key) {
        Registration registration = Registration.read(reply.json());
        return registration.isFor(key)
                ? new Lookup.Found<>(registration)
                : new Lookup.Denied<>(Problem.of(
                        Kind.REJECTED,
                        "The directory has an application with the unique name " + key.name()
                                + ", which this program did not make, or somebody has changed its tags or notes. It was"
                                + " not touched.",
                        key.pairing().registry(),
                        "az ad app delete --id \"" + registration.clientId()
                                + "\"   (if nobody needs it, then attach again)"));
    }

    private <T> Uni<Lookup<T>> judged(Mono<Lookup<T>> answer, CredentialKey key) {
        return Answers.attempt(
                answer,
                refusal -> new Lookup.Denied<>(refusal.problem()),
                GraphPermission.OWN.on("the application " + key.name(), azure));
    }

    private static <A, B> Mono<Lookup<B>> then(Mono<Lookup<A>> first, Function<A, Mono<Lookup<B>>> next) {
        return first.flatMap(answer -> answer.fold(
                next, () -> Mono.just(new Lookup.Absent<>()), problem -> Mono.just(new Lookup.Denied<>(problem))));
    }

    private static Optional<UUID> objectId(Reply reply) {
        return Guid.parse(reply.json().path("id").asText());
    }

    private static String named(CredentialKey key) {
        return APPLICATIONS + "(uniqueName='" + key.name() + "')";
    }

    private static String principalOf(Registration mine) {
        return "servicePrincipals(appId='" + mine.clientId() + "')?$select=id";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
