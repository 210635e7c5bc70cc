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
import org.junit.jupiter.api.Timeout;

/**
 * A program whose memory is used up ends at once, so that the Functions host starts another: the executable with the code
 * that the host does not count.
 */
class OutOfMemoryIT {

    private static final Pattern LISTENING = Pattern.compile("http://127[.]0[.]0[.]1:([0-9]+)");

    /** Enough to start, and for a few bodies of the largest size. */
    private static final String HEAP = "-Xmx48m";

    private static final int MOST_BODIES = 50;

    private static final byte[] BODY = "x".repeat(4_000_000).getBytes(StandardCharsets.US_ASCII);

    /** A program that does not end stops to read, and whoever writes to it waits. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
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
            fill(Integer.parseInt(address.group(1)));
            assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(program.exitValue()).isEqualTo(PackagedProgram.isExecutable() ? 200 : 3);
        } finally {
            program.destroyForcibly();
        }
    }

    /** By bodies that it has to keep, for their last bytes do not come; until it is gone. */
    private static void fill(int port) throws IOException {
        List<Socket> calls = new ArrayList<>();
        try {
            for (int i = 0; i < MOST_BODIES; i++) {
                Socket call = new Socket("127.0.0.1", port);
                calls.add(call);
                call.getOutputStream()
                        .write(
                                ("POST /ResourceChanged HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                                + "Content-Length: " + (BODY.length + 1) + "\r\n\r\n")
                                        .getBytes(StandardCharsets.US_ASCII));
                call.getOutputStream().write(BODY);
            }
        } catch (IOException gone) {
            // That is what is waited for.
        } finally {
            for (Socket call : calls) {
                call.close();
            }
        }
    }
}
