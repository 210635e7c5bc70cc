package io.github.acrattach.usecase;

import io.github.acrattach.domain.PairingPolicy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What the use cases are given: the rules as they are set, and the clock that renewals go by. */
@Singleton
class Producers {

    @Produces
    @Singleton
    PairingPolicy policy(PairingSettings settings) {
        return settings.policy();
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
