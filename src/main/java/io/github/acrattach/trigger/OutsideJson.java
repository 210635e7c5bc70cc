package io.github.acrattach.trigger;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * JSON from outside: it has one meaning, and is no larger than anything that is meant. RFC 8259 leaves both to whoever
 * reads it, what a name means that an object holds twice (section 4) and how much is read (section 9).
 */
public final class OutsideJson {

    /** A real event has some 150, and Event Grid sends at most 1 MB at a time. A tree of them takes 20 MB at most. */
    private static final int MOST_TOKENS = 200_000;

    /** Real events are five deep. */
    private static final int DEEPEST = 100;

    /** How Jackson begins to tell it; no type does. */
    private static final String TWICE = "Duplicate";

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final JsonMapper MAPPER = builder().build();

    private OutsideJson() {}

    /** For readers that have further wishes. */
    public static JsonMapper.Builder builder() {
        return JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxTokenCount(MOST_TOKENS)
                                .maxNestingDepth(DEEPEST)
                                .build())
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** Reads a body; no node for an empty one. */
    public static JsonNode parse(byte[] body) throws Unreadable {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            throw new Unreadable(e);
        }
    }

    /** Reads a text, which may begin with a byte order mark. */
    public static JsonNode parse(String text) throws Unreadable {
        try {
            return MAPPER.readTree(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
        } catch (JacksonException e) {
            throw new Unreadable(e);
        }
    }

    /** Text that was not read. */
    public static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1;

        /** Why not. */
        public enum Cause {
            /** It is no JSON text, or more than one. */
            NOT_JSON,
            /** An object in it holds a name twice. */
            TWO_MEANINGS,
            /** It holds more, or is nested deeper, than anything that is meant. */
            TOO_LARGE
        }

        private final Cause cause;

        /** What a reader of {@link #builder} threw. */
        public Unreadable(IOException thrown) {
            super(reason(thrown));
            this.cause = cause(thrown);
        }

        public Cause cause() {
            return cause;
        }

        /** Why, after the name of the text; nothing of the text is in it. */
        public String reason() {
            return getMessage();
        }

        private static Cause cause(IOException thrown) {
            if (thrown instanceof StreamConstraintsException) {
                return Cause.TOO_LARGE;
            }
            return thrown instanceof JacksonException json
                            && json.getOriginalMessage().startsWith(TWICE)
                    ? Cause.TWO_MEANINGS
                    : Cause.NOT_JSON;
        }

        private static String reason(IOException thrown) {
            String line = thrown instanceof JacksonException json && json.getLocation() != null
                    ? ": line " + json.getLocation().getLineNr()
                    : "";
            return switch (cause(thrown)) {
                case TOO_LARGE ->
                    "is too large: it has more than " + MOST_TOKENS
                            + " names, values and brackets, is nested deeper than " + DEEPEST
                            + ", or holds a number of more than "
                            + StreamReadConstraints.DEFAULT_MAX_NUM_LEN + " digits.";
                case TWO_MEANINGS -> "names a field twice in one object" + line + ".";
                case NOT_JSON -> "is not JSON" + (line.isEmpty() ? "." : line + " cannot be read.");
            };
        }
    }
}
