package io.github.acrattach.trigger.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.domain.ImageReference;
import io.github.acrattach.domain.access.Check;
import io.github.acrattach.domain.access.Verdict;
import io.github.acrattach.trigger.HttpAnswer;
import io.github.acrattach.trigger.Telling;
import io.github.acrattach.usecase.VerifyPullAccess.Verified;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The answer of which a program reads the fields, and whose page a person reads. */
class AccessAnswerTest {

    static Stream<Arguments> verdicts() {
        return Stream.of(
                given("effective", AccessSamples.effective(), 200, null),
                given("granted", AccessSamples.granted(), 200, "NOT_EFFECTIVE_YET"),
                given("conditional", AccessSamples.conditional(), 200, "ONLY_SOME_REPOSITORIES"),
                given("unknown", AccessSamples.unknown(), 200, "ASSIGNMENTS_NOT_READABLE"),
                given("blocked", AccessSamples.blocked(), 200, "FIREWALL_KEEPS_CLUSTER_OUT"),
                given("missing", AccessSamples.missing(), 200, "REGISTRY_MODE_IGNORES_ROLE"),
                given("missing", AccessSamples.absent(), 404, "CLUSTER_NOT_FOUND"),
                given("unknown", AccessSamples.unanswered(), 503, "AZURE_DID_NOT_ANSWER"));
    }

    @ParameterizedTest(name = "{0} {3}")
    @MethodSource
    void verdicts(String verdict, Verified verified, int status, String code) {
        HttpAnswer answer = answer(verified);
        JsonNode body = answer.body();
        assertThat(answer.status()).isEqualTo(status);
        assertThat(body.path("verdict").asText()).isEqualTo(verdict);
        assertThat(body.path("code").asText(null)).isEqualTo(code);
        assertThat(body.has("cause")).isEqualTo(code != null);
        assertThat(body.has("fix")).isEqualTo(code != null);
        assertThat(body.path("summary").asText()).isNotEmpty();
        assertThat(body.path("mayBeMore").isBoolean()).isTrue();
    }

    @Test
    void checkSaysWhatWasSeenWhoGaveItAndWhatMendsIt() {
        JsonNode check = check(answer(AccessSamples.missing()), Check.NEAR_MISSES);
        assertThat(names(check)).containsExactly("check", "code", "state", "seen", "cause", "by", "fix");
        assertThat(names(check.path("by"))).containsExactly("id", "createdBy", "createdOn");
        assertThat(check.path("by").path("createdOn").asText()).isEqualTo("2026-03-02T08:15:00Z");
    }

    @Test
    void checksComeInOrder() {
        assertThat(StreamSupport.stream(
                                answer(AccessSamples.missing())
                                        .body()
                                        .path("checks")
                                        .spliterator(),
                                false)
                        .map(each -> each.path("check").asText()))
                .containsExactlyElementsOf(
                        Stream.of(Check.values()).map(Telling::word).toList());
    }

    @Test
    void commandIsGivenAsItIsToBeCopied() {
        assertThat(check(answer(AccessSamples.missing()), Check.NETWORK)
                        .path("fix")
                        .asText())
                .startsWith("az acr update --name \"acrshop\" --public-network-enabled true   (or,");
    }

    @Test
    void whatAPullProvedIsMarkedWithItsTime() {
        HttpAnswer proven = answer(AccessSamples.effective());
        assertThat(proven.body().path("provenAt").asText()).isEqualTo("2026-03-02T08:15:00Z");
        assertThat(check(proven, Check.CREDENTIAL).path("provenAt").asText()).isEqualTo("2026-03-02T08:15:00Z");
        assertThat(check(proven, Check.NETWORK).has("provenAt")).isFalse();
        assertThat(answer(AccessSamples.blocked()).body().has("provenAt")).isFalse();
    }

    @Test
    void grantThatIsNewSaysWhenItHoldsAtTheLatest() {
        assertThat(answer(AccessSamples.granted()).body().path("effectiveBy").asText())
                .isEqualTo("2026-03-02T09:15:00Z");
        assertThat(answer(AccessSamples.blocked()).body().has("effectiveBy")).isFalse();
    }

    @Test
    void thereMayBeMoreWhereSomethingWasNotSeen() {
        assertThat(answer(AccessSamples.unknown()).body().path("mayBeMore").asBoolean())
                .isTrue();
        assertThat(answer(AccessSamples.blocked()).body().path("mayBeMore").asBoolean())
                .isFalse();
    }

    @Test
    void silenceOfAzureIsToldAsEverywhereAndWithWhenToAskAgain() {
        HttpAnswer answer = answer(AccessSamples.unanswered());
        assertThat(answer.headers()).containsEntry("Retry-After", "17");
        assertThat(answer.body().path("problem").path("kind").asText()).isEqualTo("throttled");
        assertThat(answer.body().path("problem").path("waitingHelps").asBoolean())
                .isTrue();
    }

    @Test
    void documentShowsARealPageAndNamesEachVerdict() throws IOException {
        String operations = Files.readString(Path.of("docs/operations.md"));
        String page = AccessText.page(answer(AccessSamples.missing()));
        assertThat(operations).contains(page.replaceAll("(?m)^(?=.)", "    "));
        assertThat(Stream.of(Verdict.Answer.values()).map(Telling::word))
                .allSatisfy(word -> assertThat(operations).contains("\n| `" + word + "` |"));
    }

    @Test
    void imageThatWasAskedForIsNamed() {
        String image = "acrshop.azurecr.io/team/web:1.2";
        assertThat(AccessAnswer.to(AccessSamples.blocked(), Optional.of(ImageReference.parse(image)))
                        .body()
                        .path("image")
                        .asText())
                .isEqualTo(image);
    }

    private static HttpAnswer answer(Verified verified) {
        return AccessAnswer.to(verified, Optional.empty());
    }

    private static JsonNode check(HttpAnswer answer, Check check) {
        return StreamSupport.stream(answer.body().path("checks").spliterator(), false)
                .filter(each -> each.path("check").asText().equals(Telling.word(check)))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(JsonNode json) {
        return json.properties().stream().map(field -> field.getKey()).toList();
    }

    private static Arguments given(String verdict, Verified verified, int status, String code) {
        return Arguments.of(verdict, verified, status, code);
    }
}
