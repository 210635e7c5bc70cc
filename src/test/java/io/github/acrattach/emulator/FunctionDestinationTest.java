package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.eventgrid.Attempt;
import io.github.acrattach.emulator.eventgrid.EventSubscription;
import io.github.acrattach.emulator.eventgrid.FunctionDestination;
import io.github.acrattach.emulator.host.FunctionsHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FunctionDestinationTest {

    @TempDir
    Path folder;

    @Test
    void functionThatFailsOrIsTooSlowGetsTheEventAgain() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        try (Emulator emulator =
                        Emulator.start(EmulatorOptions.of(Estate.sample()).withTimeScale(100));
                Receiver handler = new Receiver(request -> answer(calls.incrementAndGet(), over))) {
            FunctionsHost host = FunctionsHost.at(
                    new SmallApp(folder)
                            .function("OnEvent", SmallApp.EVENT_TRIGGER)
                            .read(),
                    handler.uri());
            emulator.eventGrid()
                    .subscribe(EventSubscription.to(
                            "once", new FunctionDestination(host, "OnEvent", Duration.ofSeconds(3))));
            while (attempts(emulator).size() < 3) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            over.countDown();
            assertThat(attempts(emulator))
                    .extracting(each -> each.outcome().status())
                    .startsWith(500, 0, 202);
        }
    }

    private static List<Attempt> attempts(Emulator emulator) {
        return emulator.eventGrid().deliveries().stream()
                .findFirst()
                .map(each -> each.attempts())
                .orElse(List.of());
    }

    private static Receiver.Answered answer(int call, CountDownLatch over) {
        if (call == 2) {
            await(over);
        }
        return call == 1 ? Receiver.Answered.status(500) : Receiver.Answered.json("{}");
    }

    private static void await(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
