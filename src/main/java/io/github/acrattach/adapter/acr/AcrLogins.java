package io.github.acrattach.adapter.acr;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.Operation;
import io.github.acrattach.adapter.azure.Reply;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Proof;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.Secret;
import io.github.acrattach.port.RegistryLogins;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Signs in at registries and asks for images, as a node does when it pulls. */
@ApplicationScoped
class AcrLogins implements RegistryLogins {

    private static final String PULL = "Microsoft.ContainerRegistry/registries/pull/read";
    private static final String MANIFESTS = "application/vnd.oci.image.index.v1+json,"
            + "application/vnd.oci.image.manifest.v1+json,application/vnd.docker.distribution.manifest.list.v2+json,"
            + "application/vnd.docker.distribution.manifest.v2+json";

    /** In place of a wildcard; whether there is such a repository does not matter. */
    private static final String PROBE = "acr-attach-probe";

    private final Azure azure;
    private final Clock clock;

    AcrLogins(Azure azure, Clock clock) {
        this.azure = azure;
        this.clock = clock;
    }

    @Override
    public Proof prove(Registry registry, String username, Secret password, List<String> repositories) {
        Verdicts verdicts = new Verdicts(registry, username);
        if (!registry.loginServer().matches("[a-z0-9.-]+(?::[0-9]+)?")) {
            return verdicts.noWay("it has no login server of its own.");
        }
        String url = azure.registryUrl(registry.loginServer());
        Proof proof = Answers.attempt(
                () -> {
                    try {
                        return signIn(url, verdicts, password, repositories);
                    } catch (RuntimeException failure) {
                        return Reply.notConnected(failure).map(verdicts::noWay).orElseThrow(() -> failure);
                    }
                },
                refusal -> Verdicts.unreachable(refusal.problem()),
                operation(registry));
        return proof.at(clock.instant().truncatedTo(ChronoUnit.SECONDS));
    }

    private Proof signIn(String url, Verdicts verdicts, Secret password, List<String> repositories) {
        Reply door = send(new HttpRequest(HttpMethod.GET, url + "/v2/"));
        if (door.status() == 403) {
            return verdicts.unreachable(door);
        }
        Optional<Challenge> challenge =
                Challenge.in(door, URI.create(url), verdicts.registry().loginServer());
        if (challenge.isEmpty()) {
            return verdicts.noRegistry(door);
        }
        List<String> names = repositories.stream().map(AcrLogins::probed).toList();
        String pair = verdicts.username() + ':' + password.reveal();
        Reply reply = send(new HttpRequest(HttpMethod.GET, challenge.get().ask(names))
                .setHeader(
                        HttpHeaderName.AUTHORIZATION,
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))));
        return switch (reply.status()) {
            case 200 ->
                AccessToken.in(reply)
                        .map(token -> allowed(token, url, verdicts, repositories))
                        .orElseGet(() -> verdicts.noRegistry(reply));
            case 401 -> verdicts.rejected();
            case 403 -> verdicts.unreachable(reply);
            default -> verdicts.noRegistry(reply);
        };
    }

    private Proof allowed(AccessToken token, String url, Verdicts verdicts, List<String> repositories) {
        Optional<String> lacking = repositories.stream()
                .map(AcrLogins::probed)
                .filter(token::lacks)
                .findFirst();
        if (lacking.isPresent()) {
            return verdicts.unauthorized(lacking.get());
        }
        // What a token allows it may not tell; whether a repository is there it cannot.
        List<Proof> faults = repositories.stream()
                .filter(pattern -> isName(pattern) || token.access().isEmpty())
                .map(pattern -> asked(pattern, token, url, verdicts))
                .filter(proof -> !proof.equals(Proof.PULLS))
                .toList();
        return faults.stream()
                .filter(Proof::fails)
                .findFirst()
                .or(() -> faults.stream().findFirst())
                .orElse(Proof.PULLS);
    }

    /** By the manifest of a tag that nearly every repository has; that there is none is no fault. */
    private Proof asked(String pattern, AccessToken token, String url, Verdicts verdicts) {
        String repository = probed(pattern);
        Reply reply = send(new HttpRequest(HttpMethod.GET, url + "/v2/" + repository + "/manifests/latest")
                .setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + token.value())
                .setHeader(HttpHeaderName.ACCEPT, MANIFESTS));
        return switch (reply.status()) {
            // A missing tag can be answered like a missing right: then the token's own word counts, where it gives it.
            case 401 -> token.access().isPresent() ? Proof.PULLS : verdicts.unauthorized(repository);
            case 403 -> verdicts.unreachable(reply);
            case 404 -> isName(pattern) && isUnknown(reply) ? verdicts.noRepository(repository) : Proof.PULLS;
            default -> Proof.PULLS;
        };
    }

    /** What passes is a failure, which the caller comes back after. */
    private Reply send(HttpRequest request) {
        Reply reply = Reply.to(request, azure.registries());
        if (reply.passes()) {
            throw reply.failure();
        }
        return reply;
    }

    private static boolean isUnknown(Reply reply) {
        return reply.json().path("errors").path(0).path("code").asText().equalsIgnoreCase("NAME_UNKNOWN");
    }

    private static boolean isName(String pattern) {
        return pattern.indexOf('*') < 0;
    }

    private static String probed(String pattern) {
        return pattern.replace("*", PROBE);
    }

    /** Nobody's right is at fault: the registry is asked as somebody else. */
    private static Operation operation(Registry registry) {
        Function<Optional<String>, String> whenRefused = caller -> Problem.WAITING_HELPS;
        return new Operation(PULL, registry.id().toString(), Optional::empty, whenRefused);
    }
}
