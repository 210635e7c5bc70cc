package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.access.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever reads a code in an answer finds it in docs/problems.md, and no other. */
class ProblemsDocTest {

    private static final int MOST_LINES = 8;
    private static final Pattern CODE = Pattern.compile("(?m)^### (\\S+)$");
    private static final Pattern ENTRY =
            Pattern.compile("(?s)\\n- \\*\\*Symptom:\\*\\* .+\\n- \\*\\*Cause:\\*\\* .+\\n- \\*\\*Cure:\\*\\* .+");

    @Test
    void eachCodeIsAHeadingInTheOrderOfTheChecks() throws IOException {
        assertThat(headings())
                .isEqualTo(Stream.of(Code.values()).map(Code::name).toList());
    }

    @ParameterizedTest
    @EnumSource
    void codeIsToldBySymptomCauseAndCure(Code code) throws IOException {
        String page = page();
        String from = page.substring(page.indexOf("### " + code + "\n"));
        String entry = from.substring(("### " + code).length()).split("\\n\\n|\\n#")[0];
        assertThat(entry).matches(ENTRY);
        assertThat(entry.lines()).hasSizeLessThanOrEqualTo(MOST_LINES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/operations.md"})
    void pageIsFound(String from) throws IOException {
        assertThat(Files.readString(Path.of(from))).contains("problems.md)");
    }

    private static List<String> headings() throws IOException {
        return CODE.matcher(page()).results().map(found -> found.group(1)).toList();
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("docs/problems.md"));
    }
}
