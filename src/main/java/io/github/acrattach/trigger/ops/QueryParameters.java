package io.github.acrattach.trigger.ops;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parameters of a call: those that it knows, each once. */
record QueryParameters(Map<String, List<String>> values) {

    /** How the Functions host lets callers name their key, in any letters; it hands the query on as it came. */
    private static final Set<String> KEYS = Set.of("code", "clientid");

    private static final int LONGEST = 4096;

    /** Refuses what is not known, comes twice, or is longer than anything that is meant. */
    static QueryParameters of(Map<String, List<String>> query, List<String> known) {
        for (String name : query.keySet()) {
            if (KEYS.contains(name.toLowerCase(Locale.ROOT))) {
                continue;
            }
            if (!known.contains(name)) {
                throw known.isEmpty()
                        ? new BadRequest(name, "This call takes no parameters.")
                        : StrictBody.unknown(name, known);
            }
            // The host joins what is given more than once; nothing that can be asked for has a comma in it.
            if (query.get(name).size() > 1 || query.get(name).get(0).contains(",")) {
                throw new BadRequest(name, "The parameter " + name + " is given more than once, or has a comma in it.");
            }
            if (query.get(name).get(0).length() > LONGEST) {
                throw new BadRequest(name, "The parameter " + name + " has at most " + LONGEST + " characters.");
            }
        }
        return new QueryParameters(query);
    }

    /** Its value, which may be empty; none where it is not given. */
    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name)).map(all -> all.get(0));
    }
}
