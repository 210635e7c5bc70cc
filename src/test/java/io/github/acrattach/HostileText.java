package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;

/** What somebody might call a thing to mislead whoever reads of it in a terminal. */
public final class HostileText {

    /** Clears a terminal in two ways, turns what follows around, begins lines in four, and hides a tail. */
    public static final String TEXT =
            "acr\u001b[2J\u009b2J\u202eshop\n12:00:00 INFO Granted\r\u2028\u0085\u007f" + "\ud800\udb40\udc41";

    /** What may be shown of it. */
    public static final String SHOWN = "acr [2J 2J shop 12:00:00 INFO Granted";

    private HostileText() {}

    /** That it is one line, which steers no terminal. */
    public static void assertPrintable(String line) {
        assertThat(line).isNotEmpty().doesNotContainPattern("[\\p{C}\\p{Zl}\\p{Zp}]");
    }
}
