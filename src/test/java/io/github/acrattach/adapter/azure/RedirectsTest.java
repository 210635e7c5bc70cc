package io.github.acrattach.adapter.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Certificate;
import io.github.acrattach.emulator.http.Port;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** The program's token goes to Azure's own hosts, wherever an answer of theirs leads. */
class RedirectsTest {

    @Test
    void redirectIsNotFollowed() {
        Queue<String> elsewhere = new ConcurrentLinkedQueue<>();
        try (Emulator emulator = Emulator.start(EmulatorOptions.of(Estate.sample()));
                Port other = Port.https(0, Certificate.ofThisProcess().tls(), request -> {
                    elsewhere.add(request.path());
                    return Optional.of(Answer.text(200, Answer.JSON, "{}"));
                })) {
            Azure azure = AzureAt.emulator(emulator);
            emulator.faults()
                    .add(Fault.reply(
                            "/moved",
                            Answer.empty(307).with("Location", "https://localhost:" + other.number() + "/there")));
            for (HttpPipeline pipeline : List.of(azure.arm(), azure.graph(), azure.graphOnce())) {
                assertThat(Reply.to(new HttpRequest(HttpMethod.GET, emulator.uri() + "/moved"), pipeline)
                                .status())
                        .isEqualTo(307);
            }
            assertThat(emulator.requests().matching(request -> request.path().equals("/moved")))
                    .hasSize(3);
        }
        assertThat(elsewhere).isEmpty();
    }
}
