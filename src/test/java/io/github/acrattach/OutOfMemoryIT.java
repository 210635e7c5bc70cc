package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A program whose memory is used up ends at once, so that the Functions host starts another. */
class OutOfMemoryIT {

    private static final Pattern LISTENING = Pattern.compile("http://127[.]0[.]0[.]1:([0-9]+)");

    /** Enough to start, and for a few bodies of the largest size. */
    private static final String HEAP = "-Xmx48m";

    private static final byte[] BODY = "x".repeat(4_000_000).getBytes(StandardCharsets.US_ASCII);

    @Test
    void processEndsWithACodeThatMakesTheHostStartItAgain() throws Exception {
        List<String> command = new ArrayList<>(PackagedProgram.command());
        command.add(1, HEAP);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("FUNCTIONS_CUSTOMHANDLER_PORT", "0");
        Process program = builder.start();
        try {
            Matcher address = program.inputReader()
                    .lines()
                    .map(LISTENING::matcher)
                    .filter(Matcher::find)
                    .findFirst()
                    .orElseThrow();
            List<Socket> calls = new ArrayList<>();
            for (int i = 0; i < 50 && program.isAlive(); i++) {
                calls.add(unfinished(Integer.parseInt(address.group(1))));
            }
            assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(program.exitValue()).isEqualTo(3);
            for (Socket call : calls) {
                call.close();
            }
        } finally {
            program.destroyForcibly();
        }
    }

    /** A body that the program has to keep, for its last byte does not come. */
    private static Socket unfinished(int port) throws IOException {
        Socket call = new Socket("127.0.0.1", port);
        try {
            call.getOutputStream()
                    .write(("POST /ResourceChanged HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: " + (BODY.length + 1) + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            call.getOutputStream().write(BODY);
        } catch (IOException ended) {
            // That is what is waited for.
        }
        return call;
    }
}
