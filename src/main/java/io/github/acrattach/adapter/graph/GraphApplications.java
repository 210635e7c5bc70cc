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
import io.github.acrattach.domain.MadeCredential;
import io.github.acrattach.domain.NewPassword;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.PullCredential;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Secret;
import io.github.acrattach.domain.Version;
import io.github.acrattach.port.PullCredentials;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Applications in the directory, each with its service principal. That this program made one is proven by the role that it
 * gave to the service principal, never by what the application says of itself.
 */
@ApplicationScoped
class GraphApplications implements PullCredentials {

    private static final String APPLICATIONS = "applications";

    private final Azure azure;
    private final GraphRequests graph;
    private final Spreading spreading;
    private final Registrations registrations;
    private final OthersHands othersHands;

    GraphApplications(Azure azure, Clock clock, Version version) {
        this.azure = azure;
        graph = new GraphRequests(azure);
        spreading = new Spreading(azure);
        registrations = new Registrations(azure, graph, spreading, clock, version);
        othersHands = new OthersHands(azure, graph, spreading);
    }

    @Override
    public CredentialKind kind() {
        return CredentialKind.SERVICE_PRINCIPAL;
    }

    @Override
    public Lookup<PullCredential> find(CredentialKey key, PullSecretTerms terms, List<UUID> proven) {
        return about(key, () -> proven.stream()
                .flatMap(principal -> registrations.of(principal, key).stream())
                .findFirst()
                .<Lookup<PullCredential>>map(Lookup.Found::new)
                .orElseGet(Lookup.Absent::new));
    }

    @Override
    public Lookup<MadeCredential> make(CredentialKey key, PullSecretTerms terms, Set<UUID> finished) {
        return about(key, () -> registrations.make(key, finished));
    }

    @Override
    public Lookup<PullCredential> vouchFor(PullCredential credential) {
        return about(credential.key(), () -> othersHands.noneOn(credential));
    }

    @Override
    public Lookup<NewPassword> addPassword(PullCredential credential, Instant expires) {
        ObjectNode wanted = JsonNodeFactory.instance.objectNode();
        wanted.putObject("passwordCredential")
                .put("displayName", OthersHands.PASSWORD_NAME)
                .put("endDateTime", expires.truncatedTo(ChronoUnit.MILLIS).toString());
        return about(credential.key(), () -> {
            JsonNode made = spreading
                    .endured(() -> graph.postOnce(application(credential) + "/addPassword", wanted), credential.key())
                    .orFail()
                    .json();
            if (!made.path("secretText").isTextual()) {
                throw Answers.useless("the answer holds no password");
            }
            Secret value = new Secret(made.path("secretText").textValue());
            return new Lookup.Found<>(new NewPassword(Registration.password(made), value));
        });
    }

    @Override
    public Lookup<Password> removePassword(PullCredential credential, Password password) {
        ObjectNode which = JsonNodeFactory.instance.objectNode().put("keyId", password.id());
        return about(credential.key(), () -> {
            Reply reply = graph.post(application(credential) + "/removePassword", which);
            // A password that is gone is refused like a request that cannot be meant.
            boolean unclear = reply.status() == 400 || GraphRequests.isUnknown(reply);
            if (!unclear || lists(password, graph.get(application(credential) + Registration.SELECT))) {
                reply.orFail();
            }
            return new Lookup.Found<>(password);
        });
    }

    @Override
    public Lookup<CredentialKey> remove(CredentialKey key) {
        return about(key, () -> removed(key, registrations.delete(key)));
    }

    @Override
    public Lookup<CredentialKey> removeUnfinished(CredentialKey key, Set<UUID> finished) {
        return about(key, () -> removed(key, registrations.deleteUnfinished(key, finished)));
    }

    private static Lookup<CredentialKey> removed(CredentialKey key, boolean anything) {
        return anything ? new Lookup.Found<>(key) : new Lookup.Absent<>();
    }

    @Override
    public Lookup<List<CredentialKey>> at(ArmId registry) {
        return new Lookup.Found<>(List.of());
    }

    @Override
    public Lookup<List<CredentialKey>> elsewhere() {
        return about("the applications of this program", () -> new Lookup.Found<>(registrations.all()));
    }

    private static String application(PullCredential credential) {
        return APPLICATIONS + '/' + credential.issuerId();
    }

    private static boolean lists(Password password, Reply application) {
        return !GraphRequests.isUnknown(application)
                && (!application.succeeded()
                        || Registration.read(application.json()).passwords().stream()
                                .anyMatch(each -> each.id().equals(password.id())));
    }

    private <T> Lookup<T> about(CredentialKey key, Supplier<Lookup<T>> work) {
        return about("the application " + key.name(), work);
    }

    private <T> Lookup<T> about(String what, Supplier<Lookup<T>> work) {
        return Answers.unlessRefused(work, GraphPermission.OWN.on(what, azure));
    }
}
