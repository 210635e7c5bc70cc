package io.github.acrattach.adapter.azure;

import io.github.acrattach.Estates;
import io.github.acrattach.emulator.Emulator;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The real SDK, pointed at an emulator and signed in with a client secret. */
public final class AzureAt {

    private AzureAt() {}

    /** What is retried, is retried without delay: the emulator is as quick. */
    private static final double PACE = 0.02;

    public static Azure emulator(Emulator emulator) {
        return emulator(emulator, Map.of());
    }

    /** With settings of one's own, named as below {@code acr-attach.azure}. */
    public static Azure emulator(Emulator emulator, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "credential",
                "client-secret",
                "tenant-id",
                Estates.TENANT,
                "client-id",
                Estates.PROGRAM_CLIENT,
                "client-secret",
                Estates.PROGRAM_SECRET,
                "trusted-certificates",
                file(emulator.certificate()).toString(),
                "endpoints.authority",
                emulator.uri().toString(),
                "endpoints.resource-manager",
                emulator.uri().toString(),
                "endpoints.graph",
                emulator.uri().toString()));
        settings.putAll(more);
        Map<String, String> named = new HashMap<>();
        settings.forEach((name, value) -> named.put("acr-attach.azure." + name, value));
        return new Azure(
                new SmallRyeConfigBuilder()
                        .withMapping(AzureSettings.class)
                        .withSources(new PropertiesConfigSource(named, "test", 100))
                        .build()
                        .getConfigMapping(AzureSettings.class),
                new IdentityHost(),
                PACE);
    }

    /** A certificate where a setting can name it. */
    public static Path file(String pem) {
        try {
            Path file = Files.createTempFile("emulator", ".pem");
            file.toFile().deleteOnExit();
            return Files.writeString(file, pem);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
