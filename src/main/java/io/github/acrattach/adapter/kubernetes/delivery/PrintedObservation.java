package io.github.acrattach.adapter.kubernetes.delivery;

import io.github.acrattach.adapter.kubernetes.access.KubernetesFailure;
import io.github.acrattach.adapter.kubernetes.manifest.ObservedSecret;
import io.github.acrattach.adapter.kubernetes.manifest.ObservedServiceAccount;
import io.github.acrattach.adapter.kubernetes.manifest.PullSecretManifest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the script that observes printed: a line for each namespace, secret and service account. */
final class PrintedObservation {

    /** A kind of thing that could not be listed; why begins with the API server's reason word. */
    record Unseen(String resource, String reason) {}

    private record Printed(Map<String, String> labels, boolean terminating) {}

    private final SortedMap<String, Printed> namespaces = new TreeMap<>();
    private final Map<String, ObservedSecret> secrets = new HashMap<>();
    private final Map<String, List<ObservedServiceAccount>> serviceAccounts = new HashMap<>();
    private final List<Unseen> unseen = new ArrayList<>();

    static PrintedObservation of(String text) {
        PrintedObservation printed = new PrintedObservation();
        text.lines().forEach(line -> printed.read(line.split(" ", -1)));
        return printed;
    }

    private void read(String[] words) {
        switch (words[0] + words.length) {
            case "N4" -> namespaces.put(words[1], new Printed(pairs(words[3]), words[2].equals("-")));
            case "S9" -> secrets.put(words[1], secret(words));
            case "A7" ->
                serviceAccounts
                        .computeIfAbsent(words[1], namespace -> new ArrayList<>())
                        .add(serviceAccount(words));
            default -> {
                if (words[0].equals("E") && words.length > 2) {
                    unseen.add(
                            new Unseen(words[1], String.join(" ", List.of(words).subList(2, words.length))));
                }
            }
        }
    }

    List<Unseen> unseen() {
        return unseen;
    }

    /** In the order of their names. */
    Set<String> names() {
        return namespaces.keySet();
    }

    /** One that is not there is on its way out; what could not be seen is told of each. */
    ObservedNamespace namespaceOrGone(String name, Map<String, KubernetesFailure> hidden) {
        Printed printed = namespaces.getOrDefault(name, new Printed(Map.of(), true));
        return new ObservedNamespace(
                name,
                printed.labels(),
                printed.terminating(),
                Optional.ofNullable(secrets.get(name)),
                serviceAccounts.getOrDefault(name, List.of()),
                hidden);
    }

    private static ObservedSecret secret(String[] words) {
        return new ObservedSecret(
                words[2],
                words[3],
                decoded(words[4]),
                Optional.ofNullable(pairs(words[7]).get(PullSecretManifest.MANAGED_BY)),
                pairs(words[8]),
                words[5].equals("-"),
                words[6].equals("-"),
                Optional.empty(),
                false);
    }

    private static ObservedServiceAccount serviceAccount(String[] words) {
        List<String> added =
                ObservedServiceAccount.split(pairs(words[5]).getOrDefault(ObservedServiceAccount.ADDED, ""));
        return new ObservedServiceAccount(
                words[2],
                words[3],
                words[4],
                references(words[6].replace(ObservationScript.TOO_LONG, "")),
                added,
                Stream.of(words[5], words[6]).anyMatch(word -> word.contains(ObservationScript.TOO_LONG)));
    }

    /** Each name is followed by a comma. */
    private static List<String> references(String word) {
        return Stream.of(word.substring(1).split(",", -1))
                .limit(word.chars().filter(each -> each == ',').count())
                .map(PrintedObservation::decoded)
                .toList();
    }

    private static Map<String, String> pairs(String word) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : word.substring(1).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return pairs;
    }

    private static String decoded(String word) {
        return URLDecoder.decode(word, StandardCharsets.UTF_8);
    }
}
