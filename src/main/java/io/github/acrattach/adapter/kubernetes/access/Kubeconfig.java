package io.github.acrattach.adapter.kubernetes.access;

import io.github.acrattach.adapter.azure.HttpsOrigin;
import io.github.acrattach.domain.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What of a kubeconfig is needed: where the API server is, whom it must prove to be, and as whom one comes.
 *
 * @param authority the certificates that are trusted, as PEM; no others are
 */
public record Kubeconfig(URI server, byte[] authority, User user) {

    /** Whom an API server sees. */
    public enum Identity {
        /** This program's own identity in Entra ID. */
        ENTRA,
        /** The cluster's own user, whose credential is in the kubeconfig. */
        LOCAL
    }

    /** As whom one comes. */
    public sealed interface User {

        /** Goes on with whichever it is. */
        <R> R fold(Supplier<R> entra, Function<Secret, R> token, Function<Certificate, R> certificate);

        /** As the program itself; the kubeconfig only says how a person would sign in. */
        record Entra() implements User {
            @Override
            public <R> R fold(Supplier<R> entra, Function<Secret, R> token, Function<Certificate, R> certificate) {
                return entra.get();
            }
        }

        /** With a token. */
        record Token(Secret secret) implements User {
            @Override
            public <R> R fold(Supplier<R> entra, Function<Secret, R> token, Function<Certificate, R> certificate) {
                return token.apply(secret);
            }
        }

        /** With a certificate, as PEM. */
        record Certificate(Secret chain, Secret key) implements User {
            @Override
            public <R> R fold(Supplier<R> entra, Function<Secret, R> token, Function<Certificate, R> certificate) {
                return certificate.apply(this);
            }
        }
    }

    /** A kubeconfig that cannot be read; the message says why and quotes nothing of it. */
    public static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1;

        Unreadable(String message) {
            super(message);
        }
    }

    private static final int LONGEST = 256 * 1024;

    public Identity identity() {
        return user.fold(() -> Identity.ENTRA, token -> Identity.LOCAL, certificate -> Identity.LOCAL);
    }

    static Kubeconfig read(byte[] yaml) throws Unreadable {
        if (yaml == null || yaml.length == 0 || yaml.length > LONGEST) {
            throw new Unreadable("it is empty or longer than " + LONGEST + " bytes");
        }
        Map<?, ?> config = load(new String(yaml, StandardCharsets.UTF_8));
        String current =
                text(config, "current-context").orElseThrow(() -> new Unreadable("it has no field current-context"));
        Map<?, ?> context = named(config, "contexts", "context", current);
        Map<?, ?> cluster =
                named(config, "clusters", "cluster", text(context, "cluster").orElse(""));
        Map<?, ?> user = named(config, "users", "user", text(context, "user").orElse(""));
        return new Kubeconfig(
                server(text(cluster, "server").orElse("")),
                decoded(cluster, "certificate-authority-data")
                        .orElseThrow(() -> new Unreadable("it has no field certificate-authority-data")),
                user(user));
    }

    private static Map<?, ?> load(String yaml) throws Unreadable {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LONGEST);
        options.setMaxAliasesForCollections(10);
        options.setNestingDepthLimit(20);
        options.setAllowDuplicateKeys(false);
        try {
            if (new Yaml(new SafeConstructor(options)).load(yaml) instanceof Map<?, ?> config) {
                return config;
            }
        } catch (YAMLException e) {
            // Its message quotes the text, in which there are keys.
            throw new Unreadable("it is not valid YAML");
        }
        throw new Unreadable("it is not a map");
    }

    private static Map<?, ?> named(Map<?, ?> config, String list, String what, String name) throws Unreadable {
        if (config.get(list) instanceof List<?> all) {
            for (Object each : all) {
                if (each instanceof Map<?, ?> entry
                        && name.equals(entry.get("name"))
                        && entry.get(what) instanceof Map<?, ?> found) {
                    return found;
                }
            }
        }
        throw new Unreadable("its current context leads to no entry of " + list);
    }

    private static URI server(String url) throws Unreadable {
        try {
            URI server = URI.create(url);
            // What is asked for is appended to it.
            if (HttpsOrigin.of(server).isPresent() && server.getRawQuery() == null && server.getRawFragment() == null) {
                return server;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new Unreadable("its server is not the https URL of a server alone");
    }

    private static User user(Map<?, ?> user) throws Unreadable {
        Optional<String> token = text(user, "token");
        if (token.isPresent()) {
            return new User.Token(new Secret(token.get()));
        }
        Optional<byte[]> certificate = decoded(user, "client-certificate-data");
        Optional<byte[]> key = decoded(user, "client-key-data");
        if (certificate.isPresent() && key.isPresent()) {
            return new User.Certificate(secret(certificate.get()), secret(key.get()));
        }
        return new User.Entra();
    }

    private static Secret secret(byte[] pem) {
        return new Secret(new String(pem, StandardCharsets.US_ASCII));
    }

    private static Optional<byte[]> decoded(Map<?, ?> map, String field) throws Unreadable {
        try {
            return text(map, field).map(Base64.getMimeDecoder()::decode);
        } catch (IllegalArgumentException e) {
            throw new Unreadable("its field " + field + " is not base64");
        }
    }

    private static Optional<String> text(Map<?, ?> map, String field) {
        return map.get(field) instanceof String text && !text.isBlank() ? Optional.of(text.strip()) : Optional.empty();
    }
}
