package io.github.acrattach.emulator.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.acrattach.emulator.http.Json;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Times in an event as the host hands them on: Newtonsoft.Json reads each text that looks like a time, and writes it anew,
 * in UTC instead of with an offset, and without the zeros at the end of a fraction (host 4.1037).
 */
final class RewrittenTimes {
    private static final Pattern TIME =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2})(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})?");

    /** .NET counts in ticks of 100 ns. */
    private static final int DIGITS = 7;

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");

    private RewrittenTimes() {}

    static JsonNode in(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = Json.object();
            object.properties().forEach(field -> copy.set(field.getKey(), in(field.getValue())));
            return copy;
        }
        if (node.isArray()) {
            return Json.array(StreamSupport.stream(node.spliterator(), false).map(RewrittenTimes::in));
        }
        return node.isTextual() ? TextNode.valueOf(rewritten(node.textValue())) : node;
    }

    private static String rewritten(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            return text;
        }
        String fraction = fraction(time.group(2));
        String zone = time.group(3);
        if (zone == null || zone.equals("Z")) {
            return time.group(1) + fraction + (zone == null ? "" : zone);
        }
        try {
            // The host's own offset, which in Azure is that of UTC.
            return OffsetDateTime.parse(time.group(1) + zone)
                            .withOffsetSameInstant(ZoneOffset.UTC)
                            .format(SECONDS)
                    + fraction + "+00:00";
        } catch (DateTimeParseException noSuchDay) {
            return text;
        }
    }

    private static String fraction(String digits) {
        if (digits == null) {
            return "";
        }
        return digits.substring(0, Math.min(digits.length(), DIGITS + 1)).replaceAll("\\.?0+$", "");
    }
}
