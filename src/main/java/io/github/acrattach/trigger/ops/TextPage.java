package io.github.acrattach.trigger.ops;

import io.github.acrattach.domain.OutsideText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of plain text for a terminal or a ticket: what is to be read is wrapped, what is to be copied is not. A text from
 * outside forges no line of it.
 */
final class TextPage {

    private static final int WIDTH = 96;
    private static final String STEP = "    ";

    /** Between a command and what is to be said of it. */
    private static final String REMARK = "   (";

    /** Where a command begins, after the words that lead to it; it lasts to the end. */
    private static final Pattern COMMAND =
            Pattern.compile("(?:^|(?<=: ))(?:az|kubectl|curl|GET|POST) .*", Pattern.DOTALL);

    private final StringBuilder text = new StringBuilder();

    /** One line, however long. */
    void line(String line) {
        text.append(OutsideText.onOneLine(line)).append('\n');
    }

    void emptyLine() {
        text.append('\n');
    }

    /** As many lines as it takes. */
    void prose(String indent, String prose) {
        prose(indent, indent, prose);
    }

    /** The same, of which the first line begins with what it is about. */
    void prose(String first, String indent, String prose) {
        StringBuilder line = new StringBuilder(first);
        boolean isEmpty = true;
        for (String word : OutsideText.onOneLine(prose).split(" ")) {
            if (!isEmpty && line.length() + 1 + word.length() > WIDTH) {
                text.append(line).append('\n');
                line = new StringBuilder(indent);
                isEmpty = true;
            }
            line.append(isEmpty ? "" : " ").append(word);
            isEmpty = false;
        }
        text.append(line).append('\n');
    }

    /** What mends it: each command on a line of its own. */
    void fix(String indent, String fix) {
        int remark = fix.indexOf(REMARK);
        if (remark < 0) {
            proseAndCommand(indent, fix);
            return;
        }
        proseAndCommand(indent, fix.substring(0, remark));
        String said = fix.substring(remark + REMARK.length());
        if (COMMAND.matcher(said).find()) {
            proseAndCommand(indent, said.endsWith(")") ? said.substring(0, said.length() - 1) : said);
        } else {
            prose(indent, "(" + said);
        }
    }

    private void proseAndCommand(String indent, String part) {
        Matcher command = COMMAND.matcher(part);
        boolean hasCommand = command.find();
        String prose = hasCommand ? part.substring(0, command.start()) : part;
        if (!prose.isBlank()) {
            prose(indent, prose);
        }
        if (hasCommand) {
            text.append(indent).append(STEP);
            line(command.group());
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
