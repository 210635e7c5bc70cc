package io.github.acrattach.adapter.graph;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.adapter.azure.Reply;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.Guid;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Finds and makes the applications that stand for credentials, and their service principals. */
final class Registrations {

    private final GraphRequests graph;
    private final Spreading spreading;

    Registrations(GraphRequests graph, Spreading spreading) {
        this.graph = graph;
        this.spreading = spreading;
    }

    /** The application of that name, unless it is somebody else's. */
    Mono<Lookup<Registration>> find(CredentialKey key) {
        return graph.get(named(key) + Registration.SELECT)
                .flatMap(reply -> reply.status() == 404
                        ? Mono.just(new Lookup.Absent<>())
                        : GraphRequests.succeeded(reply).map(found -> ours(found, key)));
    }

    /** Made by whoever comes first: two at once are answered with the same one. */
    Mono<Lookup<Registration>> make(CredentialKey key) {
        return graph.upsert(named(key), Registration.body(key))
                .flatMap(reply -> isTaken(reply) ? Mono.just(reply) : GraphRequests.succeeded(reply))
                .flatMap(reply -> reply.status() == 201
                        ? Mono.just(reply)
                        : spreading
                                .endured(graph.get(named(key) + Registration.SELECT), key)
                                .flatMap(GraphRequests::succeeded))
                .map(reply -> ours(reply, key));
    }

    /** Its service principal, if it has one. */
    Mono<Optional<UUID>> principal(Registration mine) {
        return graph.get(principalOf(mine))
                .flatMap(reply -> reply.status() == 404
                        ? Mono.just(Optional.empty())
                        : GraphRequests.succeeded(reply).map(Registrations::objectId));
    }

    /** Its service principal, made where it is missing. */
    Mono<UUID> withPrincipal(Registration mine, CredentialKey key) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("appId", mine.clientId());
        Mono<Optional<UUID>> made = spreading
                .endured(graph.post("servicePrincipals", body), key)
                .flatMap(reply ->
                        isTaken(reply) ? spreading.endured(graph.get(principalOf(mine)), key) : Mono.just(reply))
                .flatMap(GraphRequests::succeeded)
                .map(Registrations::objectId);
        return principal(mine)
                .flatMap(there -> there.isPresent() ? Mono.just(there) : made)
                .flatMap(Mono::justOrEmpty)
                .switchIfEmpty(Mono.error(() -> new IOException("the answer names no service principal")));
    }

    private static boolean isTaken(Reply reply) {
        return reply.json().path("error").path("code").asText().equals("Request_MultipleObjectsWithSameKeyValue");
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

    private static Optional<UUID> objectId(Reply reply) {
        return Guid.parse(reply.json().path("id").asText());
    }

    private static String named(CredentialKey key) {
        return "applications(uniqueName='" + key.name() + "')";
    }

    private static String principalOf(Registration mine) {
        return "servicePrincipals(appId='" + mine.clientId() + "')?$select=id";
    }
}
