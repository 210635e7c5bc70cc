package io.github.acrattach.usecase;

import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.Version;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the use cases are given: the rules as they are set, the version, and the clock that renewals go by. */
@Singleton
class Producers {

    @Produces
    @Singleton
    PairingPolicy policy(PairingSettings settings) {
        return settings.policy();
    }

    @Produces
    @Singleton
    Version version(@ConfigProperty(name = "quarkus.application.version") String version) {
        return new Version(version);
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
