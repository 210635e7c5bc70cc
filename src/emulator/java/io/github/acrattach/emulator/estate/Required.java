package io.github.acrattach.emulator.estate;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.http.Json;
import java.util.regex.Pattern;

/** Fields an estate cannot do without. */
final class Required {
    private static final Pattern GUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private Required() {}

    static String text(JsonNode node, String field, String where) {
        return Json.text(node, field)
                .orElseThrow(() -> new IllegalArgumentException("The estate lacks \"" + field + "\" in " + where));
    }

    static String guid(JsonNode node, String field, String where) {
        String text = text(node, field, where);
        if (!GUID.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "The estate's \"" + field + "\" in " + where + " must be a GUID, not " + text);
        }
        return text;
    }
}
