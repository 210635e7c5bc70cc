package io.github.acrattach.emulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.Application;
import io.github.acrattach.emulator.estate.Application.Description;
import io.github.acrattach.emulator.estate.Credentials;
import io.github.acrattach.emulator.estate.FederatedCredential;
import io.github.acrattach.emulator.estate.KeyCredential;
import io.github.acrattach.emulator.estate.Password;
import io.github.acrattach.emulator.estate.Principal;
import io.github.acrattach.emulator.estate.Tenant;
import io.github.acrattach.emulator.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/** Applications with their service principals as JSON, with Graph's names for what Graph has. */
final class RegistrationJson {
    private static final Duration LIFETIME = Duration.ofDays(365);
    private static final int MOST = 1000;

    private RegistrationJson() {}

    /** An application of a user's, unless other owners are named. */
    static Application read(Fields fields, Instant now) {
        fields.allow(Set.of(
                "uniqueName",
                "displayName",
                "tags",
                "notes",
                "createdDateTime",
                "owners",
                "passwords",
                "keyCredentials",
                "federatedIdentityCredentials",
                "servicePrincipal"));
        Instant created = fields.instant("createdDateTime").orElse(now);
        return new Application(
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString(),
                new Description(
                        fields.text("displayName")
                                .or(() -> fields.text("uniqueName"))
                                .orElse("planted"),
                        fields.texts("tags"),
                        fields.text("notes"),
                        Description.ONLY_THIS_TENANT),
                fields.text("uniqueName"),
                created,
                credentials(fields, created),
                federated(fields),
                owners(fields));
    }

    /** Its service principal, if it is to have one. */
    static Optional<Principal> readPrincipal(Fields fields, Application application) {
        return fields.object("servicePrincipal")
                .map(json -> new Fields(json).allow(Set.of("owners", "passwords", "keyCredentials")))
                .map(own -> Principal.of(application, owners(own), application.created())
                        .and(credentials(own, application.created()), Set.of()));
    }

    static Credentials credentials(Fields fields, Instant created) {
        Instant end = created.plus(LIFETIME);
        return new Credentials(
                numbered(fields, "passwords")
                        .mapToObj(number -> Password.generate(Optional.of("planted " + number), created, end, created))
                        .toList(),
                numbered(fields, "keyCredentials")
                        .mapToObj(number ->
                                new KeyCredential(UUID.randomUUID().toString(), "CN=planted " + number, created, end))
                        .toList());
    }

    static List<FederatedCredential> federated(Fields fields) {
        return fields.list("federatedIdentityCredentials").stream()
                .map(Fields::new)
                .map(each -> each.allow(Set.of("name", "issuer", "subject", "audiences")))
                .map(each -> new FederatedCredential(
                        UUID.randomUUID().toString(),
                        each.required("name"),
                        each.required("issuer"),
                        each.required("subject"),
                        each.has("audiences") ? each.texts("audiences") : List.of("api://AzureADTokenExchange")))
                .toList();
    }

    /** Told once: the values of the passwords of whatever has this id. */
    static ObjectNode passwords(String id, Credentials credentials) {
        return Json.object()
                .put("id", id)
                .set("passwords", Json.texts(credentials.passwords().stream().map(Password::secret)));
    }

    /** Without the values of passwords. */
    static ObjectNode write(Application application, Optional<Principal> principal, Optional<Instant> deleted) {
        Description description = application.description();
        ObjectNode json = Json.object()
                .put("id", application.id())
                .put("appId", application.appId())
                .put("uniqueName", application.uniqueName().orElse(null))
                .put("displayName", description.displayName())
                .put("notes", description.notes().orElse(null))
                .put("createdDateTime", Json.timestamp(application.created()))
                .put("deletedDateTime", deleted.map(Json::timestamp).orElse(null))
                .set("tags", Json.texts(description.tags().stream()));
        json.setAll(held(application.owners(), application.credentials()));
        json.set(
                "federatedIdentityCredentials",
                Json.texts(application.federatedCredentials().stream().map(FederatedCredential::name)));
        principal.ifPresent(each -> json.set(
                "servicePrincipal",
                Json.object().put("id", each.objectId()).setAll(held(each.owners(), each.credentials()))));
        return json;
    }

    private static ObjectNode held(Set<String> owners, Credentials credentials) {
        ObjectNode json = Json.object().set("owners", Json.texts(owners.stream().sorted()));
        json.set("passwords", Json.texts(credentials.passwords().stream().map(Password::keyId)));
        return json.set("keyCredentials", Json.texts(credentials.keys().stream().map(KeyCredential::keyId)));
    }

    private static Set<String> owners(Fields fields) {
        return Set.copyOf(fields.has("owners") ? fields.texts("owners") : List.of(Tenant.ADMINISTRATOR));
    }

    private static IntStream numbered(Fields fields, String name) {
        return IntStream.rangeClosed(1, fields.number(name, 0, MOST).orElse(0));
    }
}
