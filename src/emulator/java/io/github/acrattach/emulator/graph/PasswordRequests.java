package io.github.acrattach.emulator.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.Application;
import io.github.acrattach.emulator.estate.Applications;
import io.github.acrattach.emulator.estate.Credentials;
import io.github.acrattach.emulator.estate.Password;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import java.net.URI;
import java.time.Clock;
import java.util.List;

/** Adds passwords to applications and removes them. */
record PasswordRequests(URI root, Applications applications, Clock clock) {

    Answer add(Application application, JsonNode body, Access access) {
        access.checkChange(application.owners());
        Password password = PasswordJson.read(body.path("passwordCredential"), clock.instant());
        applications.change(
                application.id(), each -> each.with(each.credentials().and(Credentials.of(List.of(password)))));
        ObjectNode answer =
                Json.object().put("@odata.context", root + "/v1.0/$metadata#microsoft.graph.passwordCredential");
        return Answer.json(200, answer.setAll(PasswordJson.writeWithSecret(password)));
    }

    Answer remove(Application application, JsonNode body, Access access) {
        access.checkChange(application.owners());
        String keyId = body.path("keyId").asText();
        if (application.credentials().passwords().stream()
                .noneMatch(password -> password.keyId().equalsIgnoreCase(keyId))) {
            throw new GraphRefusal(GraphError.badInput("No password credential found with keyId."));
        }
        applications.change(
                application.id(), each -> each.with(each.credentials().withoutPassword(keyId)));
        return Answer.empty(204);
    }
}
