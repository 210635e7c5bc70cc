package io.github.acrattach.adapter.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.Lookup;
import io.github.acrattach.emulator.http.Answer;

/** Answers that tests take apart, and those that they have the emulator give. */
public final class Answered {

    private Answered() {}

    /** What was found; a failure of the test where nothing was. */
    public static <T> T found(Lookup<T> answer) {
        assertThat(answer).isInstanceOf(Lookup.Found.class);
        return answer.found().orElseThrow();
    }

    /** The page of whatever stands between this program and Azure. */
    public static Answer strayPage() {
        return Answer.text(404, "text/html", "<html>Not Found</html>");
    }

    /** An error as ARM and Graph tell it. */
    public static Answer error(int status, String code, String message) {
        return Answer.text(
                status, Answer.JSON, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}");
    }
}
