package io.github.acrattach.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What stands in a namespace, beside what is to stand there by now. */
class HeldComparisonTest {

    private static final List<String> WEST = List.of("acrshop.westeurope.geo.azurecr.io");

    private final SecretWorld world = new SecretWorld("shop");

    HeldComparisonTest() {
        world.new Run().toTheEnd();
    }

    @Test
    void secretForFewerLoginServersIsToldApartFromAnOlderOne() {
        assertThat(state(facts(Samples.registry()))).isEqualTo(HeldState.CURRENT);
        assertThat(state(facts(Samples.registry().with(WEST)))).isEqualTo(HeldState.OTHER_LOGIN_SERVERS);
        world.passwords.clear();
        assertThat(state(facts(Samples.registry().with(WEST)))).isEqualTo(HeldState.OUTDATED);
    }

    /** It cannot be written for more hosts by whoever does not know it. */
    @Test
    void whereNoPasswordIsReadAnotherOneIsMade() {
        world.blind = true;
        assertThat(SecretPlan.decide(facts(Samples.registry()))).isInstanceOf(SecretStep.End.class);
        assertThat(SecretPlan.decide(facts(Samples.registry().with(WEST)))).isInstanceOf(SecretStep.AddPassword.class);
    }

    private static HeldState state(SecretFacts facts) {
        Optional<Password> current = SecretPlan.status(facts).map(SecretStatus::password);
        return new HeldComparison(facts, current)
                .state(facts.namespacesSeen().findFirst().orElseThrow());
    }

    private SecretFacts facts(Registry registry) {
        SecretFacts facts = world.facts(SecretRun.begin(Purpose.RULE).afterSeeing());
        return new SecretFacts(
                facts.key(),
                facts.terms(),
                registry,
                facts.credential(),
                facts.namespaces(),
                facts.assignments(),
                facts.run(),
                facts.now());
    }
}
