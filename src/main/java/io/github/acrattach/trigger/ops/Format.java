package io.github.acrattach.trigger.ops;

import io.github.acrattach.trigger.HttpAnswer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** In which format a caller wants to read an answer: as its header {@code Accept} says (RFC 9110, section 12.5.1). */
public enum Format {
    /** JSON: for machines, and for whoever does not say. */
    JSON("application", "json"),
    /** A page of plain text: for a terminal, or a ticket. */
    TEXT("text", "plain");

    private static final int LONGEST = 1024;

    private static final Pattern RANGE =
            Pattern.compile("([a-z0-9!#$%&'*+.^_`|~-]+)/([a-z0-9!#$%&'*+.^_`|~-]+)((?:\\s*;.*)?)", Pattern.DOTALL);
    private static final Pattern WEIGHT = Pattern.compile(";\\s*q=(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)\\s*(?:;|$)");
    private static final Pattern ANY_WEIGHT = Pattern.compile(";\\s*q\\s*=");

    private final String type;
    private final String subtype;

    Format(String type, String subtype) {
        this.type = type;
        this.subtype = subtype;
    }

    /**
     * The one that is wanted more; where both are as welcome, the one that is named more exactly, and then JSON. Where neither
     * is, and where the header cannot be read, JSON: an answer that was not asked for is worth more than none.
     *
     * @param accept the header; empty when there is none
     */
    public static Format accepted(String accept) {
        if (accept.length() > LONGEST) {
            return JSON;
        }
        List<Range> ranges = Arrays.stream(accept.toLowerCase(Locale.ROOT).split(","))
                .flatMap(range -> Range.parse(range.strip()).stream())
                .toList();
        Range json = JSON.best(ranges);
        Range text = TEXT.best(ranges);
        boolean isWantedMore =
                text.weight > json.weight || text.weight == json.weight && text.precision() > json.precision();
        return text.weight > 0 && isWantedMore ? TEXT : JSON;
    }

    /** The most exact range decides about a type, not the one of the greatest weight. */
    private Range best(List<Range> ranges) {
        return ranges.stream()
                .filter(range -> range.covers(this))
                .reduce((one, other) -> other.precision() > one.precision() ? other : one)
                .orElse(Range.NONE);
    }

    /**
     * Types of which a caller says how welcome they are.
     *
     * @param weight in thousandths
     */
    private record Range(String type, String subtype, int weight) {

        static final Range NONE = new Range("*", "*", 0);

        static Optional<Range> parse(String text) {
            Matcher range = RANGE.matcher(text);
            if (!range.matches()) {
                return Optional.empty();
            }
            Matcher weight = WEIGHT.matcher(range.group(3));
            boolean isWeighed = ANY_WEIGHT.matcher(range.group(3)).find();
            if (isWeighed && !weight.find()) {
                return Optional.empty();
            }
            int thousandths = isWeighed ? (int) Math.round(Double.parseDouble(weight.group(1)) * 1000) : 1000;
            return Optional.of(new Range(range.group(1), range.group(2), thousandths));
        }

        boolean covers(Format format) {
            return (type.equals(format.type) || type.equals("*") && subtype.equals("*"))
                    && (subtype.equals(format.subtype) || subtype.equals("*"));
        }

        int precision() {
            return (type.equals("*") ? 0 : 1) + (subtype.equals("*") ? 0 : 1);
        }
    }

    /** The answer in this format; caches are told that there is another. */
    HttpAnswer of(HttpAnswer answer) {
        return (this == TEXT ? answer.asText(AccessText.page(answer)) : answer).header("Vary", "Accept");
    }
}
