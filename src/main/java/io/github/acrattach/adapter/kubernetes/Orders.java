package io.github.acrattach.adapter.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What do.sh is to do, in which order, and what it says that became of it. */
final class Orders {

    /** One thing to do; the ask says what it is in Kubernetes' words. */
    private record Order(String verb, Ask ask, Optional<String> content) {}

    private final Map<String, List<Integer>> byNamespace = new TreeMap<>();
    private final List<Order> orders = new ArrayList<>();

    /** After what was ordered for the namespace before, and only if that went well. */
    void then(String verb, Ask ask, Optional<String> content) {
        byNamespace
                .computeIfAbsent(ask.namespace().orElseThrow(), name -> new ArrayList<>())
                .add(orders.size());
        orders.add(new Order(verb, ask, content));
    }

    boolean isEmpty() {
        return orders.isEmpty();
    }

    CommandFiles files() {
        CommandFiles files = CommandFiles.with("do.sh", "owners.tmpl", "others.tmpl");
        byNamespace.forEach((namespace, numbers) -> {
            StringBuilder items = new StringBuilder();
            for (int number : numbers) {
                Order order = orders.get(number);
                items.append(order.verb()
                        + ' '
                        + number
                        + ' '
                        + namespace
                        + ' '
                        + order.ask().name().orElse("-")
                        + '\n');
                order.content().ifPresent(content -> files.and(number + ".json", content));
            }
            files.and(numbers.get(0) + ".items", items.toString());
        });
        return files;
    }

    /** Why something failed, by namespace. */
    Map<String, KubernetesFailure> failures(String printed, KubectlErrors errors) {
        Map<String, KubernetesFailure> failures = new TreeMap<>();
        printed.lines()
                .map(line -> line.split(" ", 4))
                .filter(words -> words.length == 4 && words[0].equals("R") && !words[2].equals("0"))
                .forEach(words -> {
                    Order order = orders.get(Integer.parseInt(words[1]));
                    failures.put(order.ask().namespace().orElseThrow(), errors.of(order.ask(), words[3]));
                });
        return failures;
    }
}
