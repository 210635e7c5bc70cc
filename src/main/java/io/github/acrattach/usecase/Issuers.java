package io.github.acrattach.usecase;

import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.port.PullCredentials;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Who issues which kind of credential. */
@ApplicationScoped
class Issuers {

    private final Map<CredentialKind, PullCredentials> byKind;

    Issuers(@All List<PullCredentials> issuers) {
        byKind = issuers.stream().collect(Collectors.toUnmodifiableMap(PullCredentials::kind, Function.identity()));
    }

    PullCredentials of(CredentialKind kind) {
        return byKind.get(kind);
    }
}
