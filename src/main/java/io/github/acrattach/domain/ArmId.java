package io.github.acrattach.domain;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The id of a resource in Azure Resource Manager, such as
 * {@code /subscriptions/{guid}/resourceGroups/{group}/providers/Microsoft.ContainerRegistry/registries/{name}}.
 *
 * <p>Azure does not keep the casing of an id stable, so two ids are equal when they differ in case alone. Ids come from
 * outside and end up in requests and in commands that people copy: only letters, digits and {@code - _ . ( )} are let
 * in, and letters outside ASCII only where Azure lets them in, in the name of a resource group
 * (learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules). None of them is the same as one of
 * ASCII: {@code \u212A}, the Kelvin sign, is no k.
 */
public final class ArmId {

    /** The type of an AKS cluster. */
    public static final String CLUSTER = "Microsoft.ContainerService/managedClusters";

    /** The type of an ACR registry. */
    public static final String REGISTRY = "Microsoft.ContainerRegistry/registries";

    private static final int MAX_LENGTH = 1024;
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_.()-]{1,260}");
    private static final Pattern RESOURCE_GROUP = Pattern.compile("[\\p{L}\\p{N}_.()-]{1,90}");

    private final String text;
    private final UUID subscription;
    private final Optional<String> resourceGroup;
    private final String type;
    private final String name;

    private ArmId(String text, UUID subscription, Optional<String> resourceGroup, String type, String name) {
        this.text = text;
        this.subscription = subscription;
        this.resourceGroup = resourceGroup;
        this.type = type;
        this.name = name;
    }

    /**
     * Reads an id.
     *
     * @throws IllegalArgumentException when the text is not the id of a resource; the message says why
     */
    public static ArmId parse(String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("A resource id is needed, such as " + exampleOf(REGISTRY) + ".");
        }
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "A resource id has at most " + MAX_LENGTH + " characters; this one has " + text.length() + ".");
        }
        String[] segments = text.split("/", -1);
        if (segments.length < 3 || !segments[0].isEmpty() || !segments[1].equalsIgnoreCase("subscriptions")) {
            throw new IllegalArgumentException("A resource id begins with /subscriptions/{guid}.");
        }
        UUID subscription = Guid.parse(segments[2])
                .orElseThrow(() -> new IllegalArgumentException("The subscription in a resource id is a GUID."));
        for (int i = 3; i < segments.length; i++) {
            boolean group = i == 4 && segments[3].equalsIgnoreCase("resourceGroups");
            if (!(group ? RESOURCE_GROUP : SEGMENT).matcher(segments[i]).matches()
                    || segments[i].chars().allMatch(c -> c == '.')) {
                throw new IllegalArgumentException("Segment " + i + " of the resource id is empty or holds a character"
                        + " other than letters, digits and - _ . ( )"
                        + (group ? "." : "; letters outside ASCII are in the names of resource groups alone."));
            }
        }
        int at = 3;
        Optional<String> resourceGroup = Optional.empty();
        if (at + 1 < segments.length && segments[at].equalsIgnoreCase("resourceGroups")) {
            resourceGroup = Optional.of(segments[at + 1]);
            at += 2;
        }
        return withProviders(text, segments, at, subscription, resourceGroup);
    }

    /** Reads the id of one resource of the given type, directly in a resource group. */
    public static ArmId parse(String text, String type) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("The id of a " + type + " is needed: " + exampleOf(type) + ".");
        }
        ArmId id = parse(text);
        if (!id.isA(type)) {
            throw new IllegalArgumentException("This is the id of a " + id.type + "; the id of a " + type
                    + " is needed: " + exampleOf(type) + ".");
        }
        return id;
    }

    private static ArmId withProviders(
            String text, String[] segments, int from, UUID subscription, Optional<String> resourceGroup) {
        StringBuilder type = new StringBuilder();
        String name = "";
        int at = from;
        while (at < segments.length) {
            if (segments[at].equalsIgnoreCase("providers") && at + 3 < segments.length) {
                // An extension resource repeats /providers/: its type is told apart by the path that leads to it.
                type.append(type.isEmpty() ? "" : "/providers/").append(segments[at + 1]);
                at += 2;
            } else if (type.isEmpty() || at + 1 >= segments.length) {
                throw new IllegalArgumentException("A resource id goes on as /providers/{namespace}/{type}/{name};"
                        + " segment " + at + " does not fit.");
            }
            type.append('/').append(segments[at]);
            name = segments[at + 1];
            at += 2;
        }
        if (type.isEmpty()) {
            throw new IllegalArgumentException(
                    "A resource id names a provider, a type and a name; this one ends at its "
                            + (resourceGroup.isPresent() ? "resource group." : "subscription."));
        }
        return new ArmId(text, subscription, resourceGroup, type.toString(), name);
    }

    private static String exampleOf(String type) {
        return "/subscriptions/{guid}/resourceGroups/{group}/providers/" + type + "/{name}";
    }

    /** Whether this is a resource of that type (not a child or extension of one), in a resource group. */
    public boolean isA(String wanted) {
        return type.equalsIgnoreCase(wanted) && resourceGroup.isPresent();
    }

    /** The subscription that holds the resource. */
    public UUID subscription() {
        return subscription;
    }

    /** The resource group; every cluster and registry has one. */
    public String resourceGroup() {
        return resourceGroup.orElse("");
    }

    /** The full type, such as {@code Microsoft.ContainerService/managedClusters/agentPools}. */
    public String type() {
        return type;
    }

    /** The last name in the id. */
    public String name() {
        return name;
    }

    /** The one spelling that all spellings of this id share: for names that are derived from it. */
    public String normalized() {
        return normalized(text);
    }

    /** Whether the text spells this id. */
    public boolean isSpelt(String other) {
        return normalized().equals(normalized(other));
    }

    /** In lower case, in which no other letter becomes one of ASCII. */
    static String normalized(String text) {
        return text.codePoints()
                .map(letter ->
                        letter > 127 && Character.toLowerCase(letter) <= 127 ? letter : Character.toLowerCase(letter))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArmId id && normalized().equals(id.normalized());
    }

    @Override
    public int hashCode() {
        return normalized().hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
