package io.github.acrattach.emulator.eventgrid;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The filter in an {@code az eventgrid ... event-subscription create} command: {@code --included-event-types},
 * {@code --advanced-filter KEY OPERATOR VALUE...}, {@code --subject-begins-with} and {@code --subject-ends-with}.
 */
public final class FilterCommand {
    private static final Pattern COMMAND = Pattern.compile("az eventgrid .*event-subscription create(.*\\\\\\R)+.*");

    private FilterCommand() {}

    /** The one in a document that shows how to subscribe: up to the first line that does not end in a backslash. */
    public static EventFilter in(Path document) {
        try {
            Matcher command = COMMAND.matcher(Files.readString(document));
            if (command.find()) {
                return read(command.group());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalArgumentException("There is no command that makes an event subscription in " + document);
    }

    /** What follows each option up to the next one, several times where it is given several times. */
    public static EventFilter read(String command) {
        List<List<String>> options = new ArrayList<>();
        for (String word : command.replace("\\\n", " ").strip().split("\\s+")) {
            if (word.startsWith("--") || options.isEmpty()) {
                options.add(new ArrayList<>());
            }
            options.get(options.size() - 1).add(word);
        }
        return new EventFilter(
                "",
                values(options, "--included-event-types").stream()
                        .flatMap(List::stream)
                        .toList(),
                values(options, "--advanced-filter").stream()
                        .map(FilterCommand::advanced)
                        .toList(),
                one(options, "--subject-begins-with"),
                one(options, "--subject-ends-with"));
    }

    private static List<List<String>> values(List<List<String>> options, String name) {
        return options.stream()
                .filter(option -> option.get(0).equals(name))
                .map(option -> option.subList(1, option.size()))
                .toList();
    }

    private static String one(List<List<String>> options, String name) {
        return values(options, name).stream().flatMap(List::stream).findFirst().orElse("");
    }

    private static AdvancedFilter advanced(List<String> words) {
        if (words.size() < 3) {
            throw new IllegalArgumentException("--advanced-filter takes a key, an operator and values, not " + words);
        }
        AdvancedFilter.Operator operator = Arrays.stream(AdvancedFilter.Operator.values())
                .filter(each -> each.name().equalsIgnoreCase(words.get(1)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The emulator has no operator " + words.get(1)));
        return new AdvancedFilter(words.get(0), operator, words.subList(2, words.size()));
    }
}
