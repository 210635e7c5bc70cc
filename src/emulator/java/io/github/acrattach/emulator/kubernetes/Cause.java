package io.github.acrattach.emulator.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;

/** One thing that is wrong with an object, in the API server's words. */
record Cause(String reason, String message, String field) {
    static Cause invalid(String field, String value, String detail) {
        return new Cause("FieldValueInvalid", "Invalid value: \"" + value + "\": " + detail, field);
    }

    static Cause required(String field) {
        return new Cause("FieldValueRequired", "Required value", field);
    }

    static Cause required(String field, String detail) {
        return new Cause("FieldValueRequired", "Required value: " + detail, field);
    }

    static Cause forbidden(String field, String detail) {
        return new Cause("FieldValueForbidden", "Forbidden: " + detail, field);
    }

    static Cause tooLong(String field, String detail) {
        return new Cause("FieldValueTooLong", "Too long: " + detail, field);
    }

    ObjectNode json() {
        return Json.object().put("reason", reason).put("message", message).put("field", field);
    }

    @Override
    public String toString() {
        return field + ": " + message;
    }
}
