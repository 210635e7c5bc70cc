package io.github.acrattach.trigger.ops;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.access.Code;
import io.github.acrattach.domain.access.Finding;
import io.github.acrattach.domain.access.Verdict;
import io.github.acrattach.trigger.HttpAnswer;
import io.github.acrattach.trigger.Telling;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * An answer to {@code GET /api/access} as a page to read in a terminal or paste into a ticket: the verdict in its first
 * line, then what decides and what mends it, then each check. It tells what the JSON tells, of which it is made.
 */
final class AccessText {

    private static final String DETAIL = " ".repeat(11);
    private static final List<String> SUBJECTS = List.of(
            "verdict",
            "code",
            "method",
            "role",
            "assignment",
            "effectiveBy",
            "provenAt",
            "cluster",
            "registry",
            "loginServer");
    private static final List<String> SECRET =
            List.of("name", "credentialKind", "credential", "expires", "renews", "proof");

    private static final Set<String> PULLS =
            Set.of(Telling.word(Verdict.Answer.EFFECTIVE), Telling.word(Verdict.Answer.GRANTED));

    /** What the check of the namespaces says with the names of the service accounts. */
    private static final String TOLD_BY_CHECK = Telling.word(Problem.Kind.NOT_REFERENCED);

    private final HttpAnswer answer;
    private final JsonNode json;
    private final TextPage page = new TextPage();

    private AccessText(HttpAnswer answer) {
        this.answer = answer;
        json = answer.body();
    }

    static String page(HttpAnswer answer) {
        AccessText text = new AccessText(answer);
        if (answer.body().has("verdict")) {
            text.putVerdict();
        } else {
            text.putError();
        }
        return text.page.toString();
    }

    private void putVerdict() {
        page.line(text(json, "summary"));
        page.emptyLine();
        putFields(json, SUBJECTS);
        putCause(json);
        putRetry();
        putMore();
        putSecret(json.path("secret"));
        putNotes(json);
        page.emptyLine();
        page.prose(
                "",
                "Checks, in order. What is PROVEN was tried by a pull; all else is computed from what Azure and the"
                        + " cluster show.");
        page.emptyLine();
        json.path("checks").forEach(this::putCheck);
    }

    /** Of a question that could not be understood, and of one that Azure does not answer. */
    private void putError() {
        page.line(text(json, "title") + " (" + answer.status() + ")");
        page.emptyLine();
        page.prose("", (json.has("field") ? text(json, "field") + ": " : "") + text(json, "detail"));
        json.path("ids").forEach(id -> page.line(id.asText()));
        if (json.path("problem").has("fix")) {
            putFix(json.path("problem"));
        }
        putRetry();
    }

    private void putFields(JsonNode node, List<String> names) {
        names.stream()
                .filter(name -> !text(node, name).isEmpty())
                .forEach(name -> putField(words(name), text(node, name)));
    }

    private void putField(String name, String value) {
        String first = "  %-16s ".formatted(name);
        page.prose(first, " ".repeat(first.length()), value);
    }

    /** {@code effectiveBy} as words. */
    private static String words(String field) {
        return field.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    private void putCause(JsonNode node) {
        if (node.has("cause")) {
            page.emptyLine();
            page.prose("", text(node, "cause"));
        }
        putFix(node);
    }

    private void putFix(JsonNode node) {
        if (node.has("fix")) {
            page.emptyLine();
            page.fix("", text(node, "fix"));
        }
    }

    private void putRetry() {
        String wait = answer.headers().get("Retry-After");
        if (wait != null) {
            page.emptyLine();
            page.line("Retry after " + wait + " s.");
        }
    }

    /** What will keep it from pulling when the first cause is mended, as far as it is known. */
    private void putMore() {
        String others = StreamSupport.stream(json.path("checks").spliterator(), false)
                .filter(AccessText::fails)
                .map(check -> text(check, "code"))
                .filter(code -> !code.equals(text(json, "code")) && !code.equals(Code.NO_RIGHT.name()))
                .distinct()
                .collect(Collectors.joining(", "));
        boolean isBarred = json.has("code") && !others.isEmpty();
        if (isBarred || json.path("mayBeMore").asBoolean()) {
            page.emptyLine();
        }
        if (isBarred) {
            page.prose("", "Fails " + (pulls() ? "all the same" : "as well") + ", see below: " + others + ".");
        }
        if (json.path("mayBeMore").asBoolean()) {
            page.prose("", "There may be more: what is unknown or skipped below may keep it from pulling, too.");
        }
    }

    private boolean pulls() {
        return PULLS.contains(text(json, "verdict"));
    }

    private void putSecret(JsonNode secret) {
        if (secret.isObject()) {
            page.emptyLine();
            page.line("Pull secret:");
            page.emptyLine();
            putFields(secret, SECRET);
            secret.path("namespaces").forEach(each -> putField("in " + text(each, "namespace"), text(each, "state")));
            putNotes(secret);
        }
    }

    private void putNotes(JsonNode node) {
        StreamSupport.stream(node.path("notes").spliterator(), false)
                .filter(note -> !text(note, "kind").equals(TOLD_BY_CHECK))
                .forEach(note -> {
                    page.emptyLine();
                    page.prose("Note: ", "", text(note, "cause"));
                    page.fix("", text(note, "fix"));
                });
    }

    private void putCheck(JsonNode check) {
        String first = "  %-9s%-13s".formatted(mark(check), text(check, "check"));
        page.prose(first, " ".repeat(first.length()), text(check, check.has("code") ? "code" : "seen"));
        if (check.has("code")) {
            page.prose(DETAIL + "seen: ", DETAIL, text(check, "seen"));
        }
        if (check.has("by")) {
            page.prose(DETAIL + "by: ", DETAIL, by(check.path("by")));
        }
        if (check.has("code")) {
            putReason(check);
        }
    }

    private static String mark(JsonNode check) {
        if (check.has("provenAt")) {
            return "PROVEN";
        }
        return fails(check) ? "FAILS" : text(check, "state");
    }

    private static boolean fails(JsonNode check) {
        return text(check, "state").equals(Telling.word(Finding.State.FAILS));
    }

    private static String by(JsonNode by) {
        return text(by, "id")
                + (by.has("createdBy") ? ", made by " + text(by, "createdBy") : "")
                + (by.has("createdOn") ? (by.has("createdBy") ? "" : ", made") + " at " + text(by, "createdOn") : "");
    }

    /** What stands above already is not said again. */
    private void putReason(JsonNode check) {
        boolean isTold = check.path("cause").equals(json.path("cause"));
        page.prose(DETAIL, isTold ? "This decides: see above." : text(check, "cause"));
        if (check.has("fix") && !check.path("fix").equals(json.path("fix"))) {
            page.fix(DETAIL, text(check, "fix"));
        }
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }
}
