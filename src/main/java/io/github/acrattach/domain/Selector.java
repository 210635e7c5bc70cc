package io.github.acrattach.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One side of a pairing rule: which clusters, or which registries. Each criterion that is given has to hold, by one of
 * its values; one that is empty always does. Each name of a tag is a criterion of its own.
 */
public final class Selector {

    private final Set<UUID> subscriptions;
    private final List<Glob> resourceGroups;
    private final List<Glob> names;
    private final Map<String, List<Glob>> tags;

    private Selector(
            Set<UUID> subscriptions, List<Glob> resourceGroups, List<Glob> names, Map<String, List<Glob>> tags) {
        this.subscriptions = subscriptions;
        this.resourceGroups = resourceGroups;
        this.names = names;
        this.tags = tags;
    }

    /**
     * Reads a selector.
     *
     * @param subscriptions GUIDs
     * @param resourceGroups patterns, compared without case as Azure does
     * @param names patterns, compared without case as Azure does
     * @param tags {@code name=pattern}; the value is compared with case as Azure does
     * @throws IllegalArgumentException when nothing is given, or something that cannot be read or matched; the message
     *     says what
     */
    public static Selector of(
            List<String> subscriptions, List<String> resourceGroups, List<String> names, List<String> tags) {
        if (subscriptions.isEmpty() && resourceGroups.isEmpty() && names.isEmpty() && tags.isEmpty()) {
            throw new IllegalArgumentException("selects nothing in particular; to mean every one, say so: names=*");
        }
        Set<UUID> ids = subscriptions.stream().map(Selector::subscription).collect(Collectors.toUnmodifiableSet());
        Map<String, List<Glob>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String tag : tags) {
            Map.Entry<String, Glob> named = Glob.named(Naming.TAG, Naming.TAG_VALUE, tag);
            byName.computeIfAbsent(named.getKey(), name -> new ArrayList<>()).add(named.getValue());
        }
        return new Selector(
                ids, globs(resourceGroups.stream().map(Naming.RESOURCE_GROUP::pattern)), globs(names.stream()), byName);
    }

    private static UUID subscription(String text) {
        return Guid.parse(text.strip())
                .orElseThrow(() -> new IllegalArgumentException("has the subscription '" + OutsideText.line(text)
                        + "', which is not a GUID; that of a name says: az account list --query \"[].[name,id]\""
                        + " --output table"));
    }

    private static List<Glob> globs(Stream<String> texts) {
        return texts.map(text -> Glob.ignoringCase(text.strip())).toList();
    }

    /**
     * The same, of resources that are named so.
     *
     * @throws IllegalArgumentException when one of its names can be that of none; the message says which
     */
    public Selector of(Naming naming) {
        names.forEach(name -> naming.pattern(name.text()));
        return this;
    }

    /** Which they are, in words that follow on theirs. */
    String inWords(String otherSide) {
        return Stream.of(
                        either("named ", names.stream().map(Glob::text)),
                        either("in the resource group ", resourceGroups.stream().map(Glob::text)),
                        tags.entrySet().stream()
                                .map(tag -> either(
                                        "with the tag ",
                                        tag.getValue().stream().map(value -> tag.getKey() + '=' + value.text())))
                                .collect(Collectors.joining(" and ")),
                        subscriptions.isEmpty()
                                ? "in the subscription of the " + otherSide
                                : either(
                                        "in the subscription ",
                                        subscriptions.stream().map(UUID::toString)))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String either(String what, Stream<String> values) {
        String all = values.sorted().map(OutsideText::line).collect(Collectors.joining(" or "));
        return all.isEmpty() ? "" : what + all;
    }

    /** Whether the resource may be meant, as far as its id alone tells. */
    boolean mayMatch(ArmId id) {
        return (subscriptions.isEmpty() || subscriptions.contains(id.subscription()))
                && anyMatches(resourceGroups, id.resourceGroup())
                && anyMatches(names, id.name());
    }

    boolean matches(ArmId id, Map<String, String> tagsOfResource) {
        return mayMatch(id)
                && tags.entrySet().stream().allMatch(tag -> {
                    String value = tagsOfResource.get(tag.getKey());
                    return value != null && anyMatches(tag.getValue(), value);
                });
    }

    /** Where resources of this side are to be looked for; left out, in the subscription of the other side. */
    Set<UUID> subscriptionsOr(UUID otherSide) {
        return namedSubscriptionsOr(Set.of(otherSide));
    }

    /** The subscriptions that are named; where none is, those. */
    Set<UUID> namedSubscriptionsOr(Set<UUID> others) {
        return subscriptions.isEmpty() ? others : subscriptions;
    }

    private static boolean anyMatches(List<Glob> globs, String name) {
        return globs.isEmpty() || globs.stream().anyMatch(glob -> glob.matches(name));
    }
}
