package io.github.acrattach.domain;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text as people paste it: with blanks and quotes around it, and percent-encoded (RFC 3986, section 2.1). */
final class PastedText {

    /** The portal encodes what it puts into a link, and whoever passes the link on encodes it again. */
    private static final int MOST_ENCODINGS = 3;

    private static final int READABLE = 80;

    /** Blanks of any width, and what Windows and chat programs put before a text. */
    private static final Pattern EDGES =
            Pattern.compile("^[ \\t\\r\\n\\u00a0\\u200b\\ufeff]+|[ \\t\\r\\n\\u00a0\\u200b\\ufeff]+$");

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"|'([^']*)'|<([^<>]*)>");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");
    private static final Pattern ENCODED = Pattern.compile("(?:%[0-9a-fA-F]{2})+");

    private PastedText() {}

    /** What is meant, without what stands around it. */
    static String bare(String text, int maxLength) {
        if (text.length() > maxLength) {
            throw new IllegalArgumentException("This has " + text.length()
                    + " characters; an id, a link or a name has at most " + maxLength + " here.");
        }
        String stripped = EDGES.matcher(text).replaceAll("");
        Matcher quoted = QUOTED.matcher(stripped);
        String bare = quoted.matches()
                ? EDGES.matcher(stripped.substring(1, stripped.length() - 1)).replaceAll("")
                : stripped;
        return printable(bare);
    }

    /** The same text, decoded as often as it was encoded. */
    static String decoded(String text) {
        String decoded = text;
        for (int i = 0; i < MOST_ENCODINGS && decoded.indexOf('%') >= 0; i++) {
            decoded = decodedOnce(decoded);
        }
        return printable(decoded);
    }

    private static String decodedOnce(String text) {
        return ENCODED.matcher(text).replaceAll(run -> Matcher.quoteReplacement(characters(run.group())));
    }

    private static String characters(String encoded) {
        byte[] bytes = new byte[encoded.length() / 3];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(encoded, 3 * i + 1, 3 * i + 3, 16);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("What is percent-encoded here is no UTF-8.", e);
        }
    }

    private static String printable(String text) {
        if (UNPRINTABLE.matcher(text).find()) {
            throw new IllegalArgumentException(
                    "There is a control character, or an invisible one, in the middle of this.");
        }
        return text;
    }

    /** It, as it may be shown to whoever sent it. */
    static String shown(String text) {
        String word = OutsideText.word(text).replaceAll("[^\\p{ASCII}]", "?");
        return word.length() <= READABLE ? word : word.substring(0, READABLE) + "...";
    }
}
