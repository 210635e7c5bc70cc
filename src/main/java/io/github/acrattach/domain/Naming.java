package io.github.acrattach.domain;

import java.util.regex.Pattern;

/**
 * What something can be named, so that a pattern which no name can ever match is told from one that matches nothing yet;
 * contracts: learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules and tag-resources,
 * kubernetes.io/docs/concepts/overview/working-with-objects/names and labels, and the names of the OCI distribution
 * specification.
 */
public enum Naming {
    /** Of an AKS cluster. */
    CLUSTER("cluster", part("A-Za-z0-9", "_-"), 1, 63, "letters, digits, - and _"),
    /** Of an ACR registry; that of its login server goes on. */
    REGISTRY("registry", "[A-Za-z0-9*?]+", 5, 50, "letters and digits alone"),
    /** Of a resource group, the only one with letters outside ASCII. */
    RESOURCE_GROUP(
            "resource group",
            "[\\p{L}\\p{N}_.()*?-]*[\\p{L}\\p{N}_()*?-]",
            1,
            90,
            "letters, digits and - _ . ( ), and does not end with ."),
    /** Of a namespace: a label as RFC 1123 has it. */
    NAMESPACE("namespace", part("a-z0-9", "-"), 1, 63, "a-z, 0-9 and -"),
    /** Of a service account: a subdomain as RFC 1123 has it. */
    SERVICE_ACCOUNT(
            "service account",
            part("a-z0-9", "-") + "(?:[.]" + part("a-z0-9", "-") + ")*",
            1,
            253,
            "a-z, 0-9, - and ."),
    /** Of a repository, as scope maps name them, too: the end of a path is the one place where they take a wildcard. */
    REPOSITORY(
            "repository",
            "(?!.*azurecr[.])(?:[*]|component(?:/component)*(?:/[*])?)"
                    .replace("component", "[a-z0-9]+(?:(?:[.]|__?|-+)[a-z0-9]+)*"),
            1,
            256,
            "a-z, 0-9 and - _ . /, and a pattern of it is path/* or * alone"),
    /** Of a tag; that of a hidden one holds the id of a resource. */
    TAG("tag", "hidden-[^*]+|[^<>%&?/\\\\*]+", 1, 512, "any characters but < > % & \\ ? / and *, and is no pattern"),
    /** What a tag says. */
    TAG_VALUE("value of a tag", "(?s).*", 0, 256, "anything"),
    /** The key of a label. */
    LABEL(
            "label",
            "(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?",
            1,
            317,
            "letters, digits and - _ ., perhaps after a domain and a /, and is no pattern"),
    /** What a label says. */
    LABEL_VALUE("value of a label", "(?:" + part("A-Za-z0-9", "._-") + ")?", 0, 63, "letters, digits and - _ .");

    private final String thing;
    private final Pattern shape;
    private final int shortest;
    private final int longest;
    private final String alphabet;

    /** @param shape of a name, and of a pattern, whatever its length is */
    Naming(String thing, String shape, int shortest, int longest, String alphabet) {
        this.thing = thing;
        this.shape = Pattern.compile(shape);
        this.shortest = shortest;
        this.longest = longest;
        this.alphabet = alphabet;
    }

    /** Begins and ends with one of the former, and has the latter inside, too. */
    private static String part(String outside, String inside) {
        return "[" + outside + "*?](?:[" + outside + "*?" + inside + "]*[" + outside + "*?])?";
    }

    /** What it is that has such a name, in words. */
    String thing() {
        return thing;
    }

    /**
     * The name or pattern, in which {@code *} stands for any characters and {@code ?} for one, without blanks around it.
     *
     * @throws IllegalArgumentException when no name can match it; the message says why, or what was probably meant
     */
    public String pattern(String text) {
        String pattern = text.strip();
        int fixed = pattern.replace("*", "").length();
        boolean hasLength = fixed <= longest && (fixed >= shortest || pattern.indexOf('*') >= 0);
        if (!hasLength || !shape.matcher(pattern).matches()) {
            throw new IllegalArgumentException("has '" + OutsideText.line(pattern) + "', which no " + thing
                    + " can be called; " + Intention.of(this, pattern).orElseGet(this::rule));
        }
        return pattern;
    }

    private String rule() {
        return "a name holds " + alphabet + ", and " + shortest + " to " + longest + " characters";
    }
}
