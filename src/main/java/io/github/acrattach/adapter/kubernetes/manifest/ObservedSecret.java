package io.github.acrattach.adapter.kubernetes.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.OutsideText;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.PullSecretOwner;
import io.github.acrattach.domain.RegionalHost;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The secret that stands under the name of a pull secret.
 *
 * @param manager whose it is by its label
 * @param annotations those of this program
 * @param value the content, in base64; empty where there is none, or one that is too long for a pull secret
 * @param valueSeen whether the content was looked at: Azure keeps what commands print, so they do not print it
 */
public record ObservedSecret(
        String uid,
        String resourceVersion,
        String type,
        Optional<String> manager,
        Map<String, String> annotations,
        boolean immutable,
        boolean finalizers,
        Optional<String> value,
        boolean valueSeen) {

    /** What this program writes has some hundred characters for each host; a stranger's can have a million, in each namespace. */
    private static final int LONGEST_VALUE = 32_768;

    /** A longer type is told as another one, and need not be seen. */
    public static final int LONGEST_TYPE = 100;

    /** What is told of a stranger's words: no sentences. */
    private static final Pattern TYPE_NAME = Pattern.compile("[A-Za-z0-9/._-]{1," + LONGEST_TYPE + "}");

    private static final Pattern RESOURCE_ID = Pattern.compile("/[A-Za-z0-9/._()-]{1,300}");

    /** As an API server shows it. */
    public static ObservedSecret of(JsonNode json) {
        JsonNode metadata = json.path("metadata");
        JsonNode annotations = metadata.path("annotations");
        Map<String, String> ours = new HashMap<>();
        PullSecretManifest.ANNOTATIONS.stream()
                .filter(name -> annotations.path(name).isTextual())
                .forEach(name -> ours.put(name, annotations.path(name).textValue()));
        return new ObservedSecret(
                metadata.path("uid").asText(""),
                metadata.path("resourceVersion").asText(""),
                json.path("type").asText(""),
                Optional.ofNullable(metadata.path("labels")
                        .path(PullSecretManifest.MANAGED_BY)
                        .textValue()),
                ours,
                json.path("immutable").asBoolean(),
                !metadata.path("finalizers").isEmpty(),
                Optional.ofNullable(
                                json.path("data").path(PullSecretManifest.DATA).textValue())
                        .filter(value -> value.length() <= LONGEST_VALUE),
                true);
    }

    /** What it is, seen from a registry. */
    public Held held(PullSecretOwner owner) {
        if (!type.equals(PullSecretManifest.TYPE)) {
            return new Held.Foreign(
                    "It is a secret of " + (TYPE_NAME.matcher(type).matches() ? "the type " + type : "another type")
                            + ", not " + PullSecretManifest.TYPE + '.');
        }
        if (manager.isEmpty()) {
            return new Held.Foreign("It does not carry the label " + PullSecretManifest.MANAGED_BY + '='
                    + PullSecretManifest.MANAGER + '.');
        }
        if (!manager.get().equals(PullSecretManifest.MANAGER)) {
            return new Held.Foreign("It is managed by " + OutsideText.word(manager.get()) + ", as its label says.");
        }
        String of = annotation(PullSecretManifest.REGISTRY);
        if (owner.registry().isSpelt(of)) {
            return ours(owner);
        }
        return moved(owner)
                .<Held>map(moved -> moved)
                .orElseGet(() -> new Held.Foreign("Its annotation "
                        + PullSecretManifest.REGISTRY + " names "
                        + (of.isEmpty()
                                ? "no registry"
                                : "another registry" + (RESOURCE_ID.matcher(of).matches() ? ": " + of : ""))
                        + '.'));
    }

    /** Whether it says that it is this program's, for another registry: one of the same name, say. */
    public boolean isOfAnother(ArmId registry) {
        String of = annotation(PullSecretManifest.REGISTRY);
        return manager.filter(PullSecretManifest.MANAGER::equals).isPresent() && !of.isEmpty() && !registry.isSpelt(of);
    }

    private Held ours(PullSecretOwner owner) {
        Optional<DockerConfig> vouched = vouched(owner.registry());
        boolean tampered = valueSeen && vouched.isEmpty();
        return new Held.Ours(
                annotation(PullSecretManifest.CREDENTIAL),
                annotation(PullSecretManifest.PASSWORD),
                tampered ? "" : annotation(PullSecretManifest.INPUTS),
                vouched.map(DockerConfig::password),
                vouched.map(DockerConfig::loginServers).orElseGet(() -> saidToOpen(owner.loginServer())));
    }

    /** The hosts, by its annotations alone. */
    private List<String> saidToOpen(String loginServer) {
        return Stream.concat(
                        Stream.of(loginServer),
                        RegionalHost.in(
                                loginServer,
                                List.of(annotation(PullSecretManifest.REGIONS).split(",")))
                                .stream())
                .toList();
    }

    /** The annotations can only vouch for the value while both belong together. */
    private Optional<DockerConfig> vouched(ArmId registry) {
        return value.flatMap(DockerConfig::read)
                .filter(config -> isMadeOf(registry, config.username(), config.loginServers()));
    }

    private boolean isMadeOf(ArmId registry, String username, List<String> loginServers) {
        return PullSecret.inputs(
                        registry,
                        annotation(PullSecretManifest.CREDENTIAL),
                        username,
                        loginServers,
                        annotation(PullSecretManifest.PASSWORD))
                .equals(annotation(PullSecretManifest.INPUTS));
    }

    /** That it opens the registry, and was made for an id that the registry may have had before. */
    private Optional<Held.Moved> moved(PullSecretOwner owner) {
        return named().filter(owner::mayHaveBeen)
                .filter(from -> opens(owner))
                .map(from -> new Held.Moved(
                        from,
                        vouched(from).map(DockerConfig::username).orElse(""),
                        vouched(from).map(DockerConfig::password)));
    }

    /**
     * Whether it opens the registry, by its content; where that was not seen, by what its annotations were made from. Of what
     * is made of an application that cannot be told, for no annotation has its user name; its role ended with the former id.
     */
    public boolean opens(PullSecretOwner owner) {
        return named().filter(of -> valueSeen
                        ? vouched(of)
                                .filter(config -> config.loginServers().get(0).equals(owner.loginServer()))
                                .isPresent()
                        : isMadeOf(of, annotation(PullSecretManifest.CREDENTIAL), saidToOpen(owner.loginServer())))
                .isPresent();
    }

    /** The registry that it names. */
    private Optional<ArmId> named() {
        try {
            return Optional.of(ArmId.parse(annotation(PullSecretManifest.REGISTRY), ArmId.REGISTRY));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    /** Whether it is just as this program makes it; where its content was not seen, it says so itself. */
    public boolean isAsMade(PullSecret secret) {
        DockerConfig wanted = DockerConfig.of(secret);
        return annotations
                        .entrySet()
                        .containsAll(PullSecretManifest.annotations(secret).entrySet())
                && (!valueSeen
                        // The same can be written in several ways: Go escapes some characters.
                        || value.flatMap(DockerConfig::read)
                                .filter(wanted::says)
                                .isPresent());
    }

    /** A time that cannot be read is one that is over. */
    public Instant expires() {
        try {
            return Instant.parse(annotation(PullSecretManifest.EXPIRES));
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    private String annotation(String name) {
        return annotations.getOrDefault(name, "");
    }
}
