package io.github.acrattach.emulator.acr;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a client wants to do with what: distribution.github.io/distribution/spec/auth/scope. */
record WantedScope(String type, String name, List<String> actions) {

    /** Several may come in one parameter; what is no scope is passed over. */
    static Stream<WantedScope> read(String parameter) {
        return Arrays.stream(parameter.strip().split("\\s+"))
                .map(WantedScope::one)
                .flatMap(Optional::stream);
    }

    private static Optional<WantedScope> one(String text) {
        int first = text.indexOf(':');
        int last = text.lastIndexOf(':');
        return first <= 0 || last <= first + 1
                ? Optional.empty()
                : Optional.of(new WantedScope(
                        text.substring(0, first),
                        text.substring(first + 1, last),
                        List.of(text.substring(last + 1).split(","))));
    }
}
