package io.github.acrattach.trigger.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.acrattach.trigger.HttpAnswer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "TEXT/Plain",
                "text/plain; charset=utf-8",
                "text/*",
                "text/plain, */*",
                "text/plain, */*;q=0.8",
                "text/plain;q=0.5, application/json;q=0.4",
                "application/json;q=0, text/*;q=0.001",
                "application/json;q=0, */*",
                "application/*;q=0.9,text/plain",
                "text/html, text/plain;q=0.9, */*;q=0.8",
                "garbage, text/plain",
                "*/*;q=0.1,text/plain;charset=\"utf-8\";q=0.2"
            })
    void textIsForWhoeverWantsItMore(String accept) {
        assertThat(Format.accepted(accept)).isEqualTo(Format.TEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*/*",
                "application/json",
                "application/*",
                // What axios sends.
                "application/json, text/plain, */*",
                "text/plain, application/json",
                "text/plain;q=0.4, application/json;q=0.5",
                "text/plain;q=0",
                "text/plain;q=0, */*;q=0.1",
                // The most exact range decides.
                "text/*, text/plain;q=0.1, application/json;q=0.2",
                // What browsers send.
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "text/html",
                "image/png",
                "text",
                "text/plain;q=2",
                "text/plain;q=-1",
                "text/plain;q=0.1234",
                "text/plain;q=",
                "text/plain;q=NaN",
                "*/plain",
                ",,,;;;",
                "text/plain\u0000"
            })
    void jsonIsForEverybodyElse(String accept) {
        assertThat(Format.accepted(accept)).isEqualTo(Format.JSON);
    }

    @Test
    void headerWithoutEndIsNotRead() {
        assertThat(Format.accepted("text/plain," + "a/b;q=0.1,".repeat(100_000)))
                .isEqualTo(Format.JSON);
    }

    @Test
    void pageKeepsTheStatusAndTellsThatThereIsAnother() {
        HttpAnswer answer = Format.TEXT.of(HttpAnswer.problem(404, "Not found", "There is none."));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.headers())
                .containsEntry("Content-Type", "text/plain; charset=utf-8")
                .containsEntry("Vary", "Accept");
        assertThat(answer.text()).isEqualTo("""
                Not found (404)

                There is none.
                """);
    }

    @Test
    void jsonStaysAsItIsAndTellsThatThereIsAnother() {
        HttpAnswer answer = Format.JSON.of(
                HttpAnswer.ok(JsonNodeFactory.instance.objectNode().put("a", 1)));
        assertThat(answer.text()).isEqualTo("{\"a\":1}");
        assertThat(answer.headers()).isEqualTo(Map.of("Content-Type", "application/json", "Vary", "Accept"));
    }
}
