package io.github.acrattach.emulator.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A self-signed certificate for localhost, made by the JDK's own keytool.
 *
 * @param tls shows the certificate as a server, and trusts it as a client
 * @param base64 the certificate itself
 */
public record Certificate(SSLContext tls, KeyPair keys, String base64) {
    private static final String ALIAS = "emulator";

    /** Every emulator of a process shows the same one: it speaks for localhost, and keytool takes a second. */
    public static Certificate ofThisProcess() {
        return Once.CERTIFICATE;
    }

    /** Whoever verifies the tokens of registries trusts it; their signatures are RSA. */
    public static Certificate ofRegistries() {
        return OnceForRegistries.CERTIFICATE;
    }

    public String pem() {
        String lines = base64.replaceAll("(.{64})(?=.)", "$1\n");
        return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
    }

    private static Certificate make(String... algorithm) {
        String password = UUID.randomUUID().toString();
        try {
            Path folder = Files.createTempDirectory("emulator-tls");
            Path file = folder.resolve("localhost.p12");
            try {
                keytool(file, password, algorithm);
                return load(file, password.toCharArray());
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("No certificate for localhost could be made", failed);
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("The certificate for localhost could not be loaded", failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while keytool made a certificate", stopped);
        }
    }

    private static void keytool(Path file, String password, String... algorithm)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass:env",
                "EMULATOR_STORE_PASSWORD"));
        command.addAll(List.of(algorithm));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("EMULATOR_STORE_PASSWORD", password);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + output.strip());
        }
    }

    private static Certificate load(Path file, char[] password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(ALIAS, store.getCertificate(ALIAS));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        KeyPair pair =
                new KeyPair(store.getCertificate(ALIAS).getPublicKey(), (PrivateKey) store.getKey(ALIAS, password));
        return new Certificate(
                tls,
                pair,
                Base64.getEncoder().encodeToString(store.getCertificate(ALIAS).getEncoded()));
    }

    /** Made when it is first asked for. */
    private static final class Once {
        private static final Certificate CERTIFICATE = make("-keyalg", "EC", "-groupname", "secp256r1");
    }

    /** Made when it is first asked for. */
    private static final class OnceForRegistries {
        private static final Certificate CERTIFICATE = make("-keyalg", "RSA", "-keysize", "2048");
    }
}
