package io.github.acrattach.adapter.kubernetes;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Reads, decides and writes; when somebody else was faster, all of it again. */
final class Contest {

    private static final int TRIES = 5;

    private Contest() {}

    /** One try, from the reading to the writing. */
    interface Try<T> {
        T once() throws KubernetesFailure;
    }

    static <T> T repeat(Try<T> attempt) throws KubernetesFailure {
        for (int count = 1; ; count++) {
            try {
                return attempt.once();
            } catch (KubernetesFailure failure) {
                Duration wait = Duration.ofMillis(ThreadLocalRandom.current().nextLong(20, 80) * count);
                if (!failure.conflict() || count == TRIES || !Pause.of(wait)) {
                    throw failure;
                }
            }
        }
    }
}
