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
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

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

    AcrLogins(Azure azure) {
        this.azure = azure;
    }

    @Override
    public Uni<Proof> prove(Registry registry, String userName, Secret password, List<String> repositories) {
        Verdicts verdicts = new Verdicts(registry, userName);
        if (!registry.loginServer().matches("[a-z0-9.-]+(?::[0-9]+)?")) {
            return Uni.createFrom().item(verdicts.noWay("it has no login server."));
        }
        String url = azure.registryUrl(registry.loginServer());
        Mono<Proof> proof = send(new HttpRequest(HttpMethod.GET, url + "/v2/"))
                .flatMap(reply -> reply.status() == 403
                        ? Mono.just(verdicts.shutOut(reply))
                        : Challenge.in(reply, URI.create(url))
                                .map(challenge -> signedIn(challenge, url, verdicts, password, repositories))
                                .orElseGet(() -> Mono.just(verdicts.noRegistry(reply))))
                .onErrorResume(failure -> Reply.notConnected(failure)
                        .map(why -> Mono.just(verdicts.noWay(why)))
                        .orElseGet(() -> Mono.error(failure)));
        return Answers.attempt(proof, refusal -> Verdicts.shutOut(refusal.problem()), operation(registry));
    }

    private Mono<Proof> signedIn(
            Challenge challenge, String url, Verdicts verdicts, Secret password, List<String> repositories) {
        List<String> names = repositories.stream().map(AcrLogins::probed).toList();
        String pair = verdicts.userName() + ':' + password.reveal();
        HttpRequest request = new HttpRequest(HttpMethod.GET, challenge.ask(names))
                .setHeader(
                        HttpHeaderName.AUTHORIZATION,
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        return send(request).flatMap(reply -> switch (reply.status()) {
            case 200 ->
                AccessToken.in(reply)
                        .map(token -> allowed(token, url, verdicts, repositories))
                        .orElseGet(() -> Mono.just(verdicts.noRegistry(reply)));
            case 401 -> Mono.just(verdicts.rejected());
            case 403 -> Mono.just(verdicts.shutOut(reply));
            default -> Mono.just(verdicts.noRegistry(reply));
        });
    }

    private Mono<Proof> allowed(AccessToken token, String url, Verdicts verdicts, List<String> repositories) {
        Optional<Proof> lacking = repositories.stream()
                .map(AcrLogins::probed)
                .filter(token::lacks)
                .findFirst()
                .map(verdicts::powerless);
        if (lacking.isPresent()) {
            return Mono.just(lacking.get());
        }
        // What a token allows it may not tell; whether a repository is there it cannot.
        return Flux.fromIterable(repositories)
                .filter(pattern -> isName(pattern) || token.access().isEmpty())
                .concatMap(pattern -> asked(pattern, token, url, verdicts), 1)
                .filter(proof -> !proof.equals(Proof.PULLS))
                .collectList()
                .map(faults -> faults.stream()
                        .filter(Proof::fails)
                        .findFirst()
                        .or(() -> faults.stream().findFirst())
                        .orElse(Proof.PULLS));
    }

    /** By the manifest of a tag that nearly every repository has; that there is none is no fault. */
    private Mono<Proof> asked(String pattern, AccessToken token, String url, Verdicts verdicts) {
        String repository = probed(pattern);
        HttpRequest request = new HttpRequest(HttpMethod.GET, url + "/v2/" + repository + "/manifests/latest")
                .setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + token.value())
                .setHeader(HttpHeaderName.ACCEPT, MANIFESTS);
        return send(request).map(reply -> switch (reply.status()) {
            // A missing tag can be answered like a missing right: then the token's own word counts, where it gives it.
            case 401 -> token.access().isPresent() ? Proof.PULLS : verdicts.powerless(repository);
            case 403 -> verdicts.shutOut(reply);
            case 404 -> isName(pattern) && isUnknown(reply) ? verdicts.noRepository(repository) : Proof.PULLS;
            default -> Proof.PULLS;
        });
    }

    /** What passes is a failure, which the caller comes back after. */
    private Mono<Reply> send(HttpRequest request) {
        return Reply.to(request, azure.registries())
                .flatMap(reply -> reply.passes() ? Mono.error(reply.failure()) : Mono.just(reply));
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
