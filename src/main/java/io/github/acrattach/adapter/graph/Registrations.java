package io.github.acrattach.adapter.graph;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.adapter.azure.Reply;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.Guid;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import java.util.Optional;
import java.util.UUID;

/** Finds and makes the applications that stand for credentials, and their service principals. */
final class Registrations {

    private final GraphRequests graph;
    private final Spreading spreading;

    Registrations(GraphRequests graph, Spreading spreading) {
        this.graph = graph;
        this.spreading = spreading;
    }

    /** The application of that name, unless it is somebody else's. */
    Lookup<Registration> find(CredentialKey key) {
        Reply reply = application(key);
        return reply.status() == 404 ? new Lookup.Absent<>() : ours(reply.orFail(), key);
    }

    /** Made by whoever comes first: two at once are answered with the same one. */
    Lookup<Registration> make(CredentialKey key) {
        Reply reply = graph.upsert(named(key), Registration.body(key));
        if (reply.status() == 201) {
            return ours(reply, key);
        }
        if (!isTaken(reply)) {
            reply.orFail();
        }
        Reply there = spreading.endured(() -> application(key), key);
        return ours(there.orFail(), key);
    }

    private Reply application(CredentialKey key) {
        return graph.get(named(key) + Registration.SELECT);
    }

    /** Its service principal, if it has one. */
    Optional<UUID> principal(Registration mine) {
        Reply reply = graph.get(principalOf(mine));
        return reply.status() == 404 ? Optional.empty() : objectId(reply.orFail());
    }

    /** Its service principal, made where it is missing. */
    UUID withPrincipal(Registration mine, CredentialKey key) {
        return principal(mine)
                .or(() -> makePrincipal(mine, key))
                .orElseThrow(() -> Answers.useless("the answer names no service principal"));
    }

    private Optional<UUID> makePrincipal(Registration mine, CredentialKey key) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("appId", mine.clientId());
        Reply made = spreading.endured(() -> graph.post("servicePrincipals", body), key);
        Reply reply = isTaken(made) ? spreading.endured(() -> graph.get(principalOf(mine)), key) : made;
        return objectId(reply.orFail());
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
