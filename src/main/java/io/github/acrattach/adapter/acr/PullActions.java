package io.github.acrattach.adapter.acr;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a scope map allows, in ACR's words; a pull takes the reading of contents and no more. */
final class PullActions {

    private static final String ALL = "repositories/";
    private static final String PULL = "/content/read";

    private PullActions() {}

    static List<String> of(List<String> repositories) {
        return repositories.stream()
                .distinct()
                .map(pattern -> ALL + pattern + PULL)
                .toList();
    }

    /** Whether a scope map allows just this; in what order and case it says so does not matter. */
    static boolean same(List<String> actions, List<String> repositories) {
        return actions != null && set(actions).equals(set(of(repositories)));
    }

    /** Whether a scope map lets anything be pulled. */
    static boolean pull(List<String> actions) {
        return actions != null
                && actions.stream()
                        .map(action -> action.toLowerCase(Locale.ROOT))
                        .anyMatch(action -> action.startsWith(ALL) && action.endsWith(PULL));
    }

    private static Set<String> set(List<String> actions) {
        return actions.stream().map(action -> action.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }
}
