package io.github.acrattach.adapter.kubernetes;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what an API server answered from what kubectl says of it. */
record KubectlErrors(KubernetesDiagnosis diagnosis) {

    private static final Pattern SERVER = Pattern.compile("Error from server \\(([A-Za-z]+)\\): (.*)");
    private static final Map<String, Integer> STATUS = Map.of(
            "Unauthorized", 401,
            "Forbidden", 403,
            "NotFound", 404,
            "AlreadyExists", 409,
            "Conflict", 409,
            "Invalid", 422,
            "TooManyRequests", 429,
            "InternalError", 500);

    KubernetesFailure of(Ask ask, String said) {
        Matcher matcher = SERVER.matcher(said);
        int status = matcher.find() ? STATUS.getOrDefault(matcher.group(1), 503) : withoutReason(said);
        // A patch says nothing but that it does not hold any more for what is there.
        boolean overtaken = ask.resource().equals(Ask.ACCOUNTS) && (status == 422 || status == 503);
        JsonObject answer = new JsonObject();
        answer.addProperty("message", status == 503 ? "" : matcher.reset().find() ? matcher.group(2) : "");
        return diagnosis.of(ask, overtaken ? 409 : status, answer, Optional.empty());
    }

    private static int withoutReason(String said) {
        return said.contains("Unauthorized") ? 401 : said.contains("orbidden") ? 403 : 503;
    }
}
