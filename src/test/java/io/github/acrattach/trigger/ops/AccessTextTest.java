package io.github.acrattach.trigger.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.domain.ImageReference;
import io.github.acrattach.trigger.HttpAnswer;
import io.github.acrattach.usecase.VerifyPullAccess.Verified;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The page that whoever is on call reads in a terminal, and pastes into a ticket. */
class AccessTextTest {

    private static final int WIDTH = 96;

    static Stream<Arguments> pages() {
        return Stream.of(
                Arguments.of("effective", AccessSamples.effective()),
                Arguments.of("granted", AccessSamples.granted()),
                Arguments.of("conditional", AccessSamples.conditional()),
                Arguments.of("unknown", AccessSamples.unknown()),
                Arguments.of("blocked", AccessSamples.blocked()),
                Arguments.of("missing", AccessSamples.missing()),
                Arguments.of("absent", AccessSamples.absent()),
                Arguments.of("unanswered", AccessSamples.unanswered()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void pages(String name, Verified verified) throws IOException {
        assertThat(page(verified)).isEqualTo(stored(name));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void linesAreWrappedUnlessOneIsToBeCopied(String name, Verified verified) {
        assertThat(page(verified).lines())
                .allMatch(line -> line.length() <= WIDTH
                        || line.strip().matches("(az|POST) .*")
                        || line.contains("/subscriptions/"));
    }

    @Test
    void commandAndWhatIsSaidOfItAreApart() {
        assertThat(page(AccessSamples.missing()).lines())
                .containsSequence(
                        "               az acr update --name \"acrshop\" --public-network-enabled true",
                        "           or, so that it stays off, make a private endpoint:",
                        "               az network private-endpoint create --name \"pe-acrshop\"");
    }

    @Test
    void imageThatIsAskedForIsInTheFirstLine() {
        Optional<ImageReference> image = Optional.of(ImageReference.parse("acrshop.azurecr.io/team/web:1.2"));
        assertThat(AccessText.page(AccessAnswer.to(AccessSamples.missing(), image)))
                .startsWith("aks-shop cannot pull acrshop.azurecr.io/team/web:1.2: registry mode ignores role\n");
    }

    @Test
    void whatFailsBesideAPullThatGoesIsNotSaidToFailAsWell() {
        ObjectNode json =
                AccessAnswer.to(AccessSamples.granted(), Optional.empty()).body();
        ((ObjectNode) json.path("checks").get(0)).put("state", "fails").put("code", "CREDENTIAL_DISABLED");
        assertThat(AccessText.page(HttpAnswer.ok(json)))
                .contains("Fails all the same, see below: CREDENTIAL_DISABLED.")
                .doesNotContain("as well");
    }

    @Test
    void fieldWithoutAValueIsLeftOut() {
        ObjectNode json =
                AccessAnswer.to(AccessSamples.blocked(), Optional.empty()).body();
        assertThat(AccessText.page(HttpAnswer.ok(json.put("loginServer", "")))).doesNotContain("login server");
    }

    @Test
    void questionThatCannotBeUnderstoodIsAnsweredByAPageToo() {
        ObjectNode ids = JsonNodeFactory.instance.objectNode();
        ids.putArray("ids").add("/subscriptions/1/a").add("/subscriptions/2/a");
        assertThat(AccessText.page(HttpAnswer.problem(400, "Bad request", "Two clusters are called aks-shop.")
                        .field("cluster")
                        .with(ids)))
                .isEqualTo("""
                        Bad request (400)

                        cluster: Two clusters are called aks-shop.
                        /subscriptions/1/a
                        /subscriptions/2/a
                        """);
    }

    @Test
    void pullSecretAndNotesAreTold() {
        ObjectNode json =
                AccessAnswer.to(AccessSamples.effective(), Optional.empty()).body();
        ObjectNode secret =
                json.putObject("secret").put("name", "acr-attach-acrshop").put("proof", "pulls");
        secret.putArray("namespaces").addObject().put("namespace", "shop").put("state", "ready");
        secret.putArray("notes").addObject().put("kind", "not-referenced").put("cause", "It is told by a check.");
        json.putArray("notes")
                .addObject()
                .put("cause", "A tag keeps the two out.")
                .put("fix", "az tag update   (mends it)");
        assertThat(AccessText.page(HttpAnswer.ok(json))).contains("""

                Pull secret:

                  name             acr-attach-acrshop
                  proof            pulls
                  in shop          ready

                Note: A tag keeps the two out.
                    az tag update
                (mends it)

                """);
    }

    @Test
    void textFromOutsideForgesNoLine() {
        ObjectNode json =
                AccessAnswer.to(AccessSamples.blocked(), Optional.empty()).body();
        json.put("cause", "grün\nverdict          effective\u001b[2J").put("fix", "az x\naz y");
        assertThat(AccessText.page(HttpAnswer.ok(json)).lines())
                .contains("grün verdict effective [2J", "    az x az y")
                .noneMatch(line -> line.startsWith("verdict"));
    }

    private static String page(Verified verified) {
        return AccessText.page(AccessAnswer.to(verified, Optional.empty()));
    }

    private static String stored(String name) throws IOException {
        try (InputStream page = AccessTextTest.class.getResourceAsStream("/access/" + name + ".txt")) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
