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
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.NewPassword;
import io.github.acrattach.domain.Password;
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
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Applications in the directory, each with its service principal; found again by a unique name. */
@ApplicationScoped
class GraphApplications implements PullCredentials {

    private static final String APPLICATIONS = "applications";

    private final Azure azure;
    private final GraphRequests graph;
    private final Spreading spreading;
    private final Registrations registrations;

    GraphApplications(Azure azure) {
        this.azure = azure;
        graph = new GraphRequests(azure);
        spreading = new Spreading(azure);
        registrations = new Registrations(graph, spreading);
    }

    @Override
    public CredentialKind kind() {
        return CredentialKind.SERVICE_PRINCIPAL;
    }

    @Override
    public Uni<Lookup<PullCredential>> find(CredentialKey key, PullSecretTerms terms) {
        return judged(
                then(registrations.find(key), mine -> registrations
                        .principal(mine)
                        .map(principal -> new Lookup.Found<>(mine.credential(key, principal)))),
                key);
    }

    @Override
    public Uni<Lookup<PullCredential>> make(CredentialKey key, PullSecretTerms terms) {
        Mono<Lookup<Registration>> registered = registrations
                .find(key)
                .flatMap(answer ->
                        answer instanceof Lookup.Absent<Registration> ? registrations.make(key) : Mono.just(answer));
        return judged(
                then(registered, mine -> registrations
                        .withPrincipal(mine, key)
                        .map(principal -> new Lookup.Found<>(mine.credential(key, Optional.of(principal))))),
                key);
    }

    @Override
    public Uni<Lookup<NewPassword>> addPassword(PullCredential credential, Instant expires) {
        ObjectNode wanted = JsonNodeFactory.instance.objectNode();
        wanted.putObject("passwordCredential")
                .put("displayName", "acr-attach")
                .put("endDateTime", expires.truncatedTo(ChronoUnit.MILLIS).toString());
        Mono<Lookup<NewPassword>> added = spreading
                .endured(
                        graph.postOnce(APPLICATIONS + '/' + credential.issuerId() + "/addPassword", wanted),
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
                        ? graph.get(application + Registration.SELECT)
                                .flatMap(now -> lists(password, now) ? GraphRequests.succeeded(reply) : Mono.just(now))
                        : GraphRequests.succeeded(reply));
        return judged(removed.map(reply -> new Lookup.Found<>(password)), credential.key());
    }

    @Override
    public Uni<Lookup<CredentialKey>> remove(CredentialKey key) {
        return judged(
                then(registrations.find(key), mine -> graph.delete(APPLICATIONS + '/' + mine.objectId())
                        .flatMap(reply -> reply.status() == 404 ? Mono.just(reply) : GraphRequests.succeeded(reply))
                        .map(gone -> new Lookup.Found<>(key))),
                key);
    }

    @Override
    public Uni<Lookup<List<CredentialKey>>> at(ArmId registry) {
        return Uni.createFrom().item(new Lookup.Found<>(List.of()));
    }

    @Override
    public Uni<Lookup<List<CredentialKey>>> elsewhere() {
        String filter = "tags/any(t:t eq '" + Registration.TAG + "')";
        return Answers.list(
                graph.list(APPLICATIONS + Registration.SELECT + "&$filter=" + encoded(filter))
                        .map(applications -> applications.stream()
                                .flatMap(application -> key(application).stream())
                                .toList()),
                GraphPermission.OWN.on("the applications of this program", azure));
    }

    private static Optional<CredentialKey> key(JsonNode application) {
        return Registration.read(application).key().filter(key -> key.name()
                .equals(application.path("uniqueName").asText()));
    }

    private static boolean lists(Password password, Reply application) {
        return application.status() != 404
                && (!application.succeeded()
                        || Registration.read(application.json()).passwords().stream()
                                .anyMatch(each -> each.id().equals(password.id())));
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

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
