package io.github.acrattach.adapter.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acrattach.domain.Lookup;
import io.github.acrattach.port.CloudUnavailable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Answers that no server can be made to give, and the thread that waits for them. */
class AnswersTest {

    private static final Operation OPERATION = new Operation("a/b/read", "/s", Optional::empty, caller -> "Allow it.");

    @Test
    void interruptedCallIsGivenUpAndTheThreadStaysInterrupted() {
        AtomicBoolean cancelled = new AtomicBoolean();
        Mono<String> never = Mono.<String>never().doOnCancel(() -> cancelled.set(true));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Answers.lookup(never, OPERATION)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(cancelled).isTrue();
    }

    @Test
    void emptyAnswerIsAbsentOnlyInASearch() {
        assertThat(Answers.search(Mono.empty(), OPERATION)).isInstanceOf(Lookup.Absent.class);
        assertThatThrownBy(() -> Answers.lookup(Mono.empty(), OPERATION)).isInstanceOf(CloudUnavailable.class);
    }

    @Test
    void removalOfWhatIsNotThereIsAbsent() {
        assertThat(Answers.removal(Mono.empty(), OPERATION)).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    void brokenConnectionPasses() {
        assertThatThrownBy(() -> Answers.search(Mono.error(new IOException("broken")), OPERATION))
                .isInstanceOfSatisfying(
                        CloudUnavailable.class,
                        unavailable -> assertThat(unavailable.problem().cause()).endsWith(": broken."));
    }

    @Test
    void defectIsHandedOnAsItIs() {
        IllegalArgumentException defect = new IllegalArgumentException("a defect");
        assertThatThrownBy(() -> Answers.search(Mono.error(defect), OPERATION)).isSameAs(defect);
        Exception checked = new ClassNotFoundException("a defect");
        assertThatThrownBy(() -> Answers.search(Mono.error(checked), OPERATION))
                .isInstanceOf(IllegalStateException.class)
                .hasCause(checked);
    }
}
