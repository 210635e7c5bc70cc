package io.github.acrattach.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What callers read of an outcome. */
class TellingTest {

    @Test
    void namespaceSaysWhetherItsSecretIsReferencedUnlessThatIsNotKnown() {
        NamespaceOutcome shop = NamespaceOutcome.of("shop", State.READY);
        ArrayNode told = Telling.json(List.of(shop.referenced(false), shop.referenced(true), shop));
        assertThat(told.toString())
                .isEqualTo("[{\"namespace\":\"shop\",\"state\":\"ready\",\"referenced\":false},"
                        + "{\"namespace\":\"shop\",\"state\":\"ready\",\"referenced\":true},"
                        + "{\"namespace\":\"shop\",\"state\":\"ready\"}]");
    }
}
