package io.github.acrattach.domain;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What was probably meant by a text that is no name, told so that it can be written right. */
final class Intention {

    private static final Set<Naming> LOWER_CASE =
            EnumSet.of(Naming.NAMESPACE, Naming.SERVICE_ACCOUNT, Naming.REPOSITORY);
    private static final Set<Naming> TAGGED = EnumSet.of(Naming.CLUSTER, Naming.REGISTRY, Naming.RESOURCE_GROUP);

    private static final Pattern QUOTED = Pattern.compile("[\"'`\\[\\]{}]");
    private static final Pattern SEVERAL = Pattern.compile("\\S(?:[\\s;]+\\S)|;$");
    private static final Pattern ID = Pattern.compile("/?subscriptions/.*", Pattern.CASE_INSENSITIVE);

    /** A login server, perhaps in a URL: the name of its registry, the hash of a domain name label, and the suffix. */
    private static final Pattern LOGIN_SERVER = Pattern.compile(
            "(?:[a-z]+://)?([a-z0-9*?]+)(?:-[a-z0-9]+)?[.](?:azurecr|[a-z]+[.]data[.]azurecr)[.](?:io|cn|us|[*])(?:[:/].*)?",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern IMAGE = Pattern.compile(
            "(?:[a-z]+://)?(?:[A-Za-z0-9.-]+[.][A-Za-z0-9.-]+(?::[0-9]+)?/)?([a-z0-9._/*-]+?)(?:[:@].*)?");
    private static final Pattern REGULAR_EXPRESSION = Pattern.compile("[\\^$+|\\\\]|[.][*]|[(].*[)]");

    private Intention() {}

    static Optional<String> of(Naming naming, String text) {
        if (QUOTED.matcher(text).find()) {
            return Optional.of("write names as they are, separated by commas, without quotes and brackets");
        }
        if (ID.matcher(text).matches()) {
            return Optional.of(
                    "an id is no name: give the last name in it here, and its subscription and resource group by"
                            + " the settings ..._SUBSCRIPTIONS and ..._RESOURCE_GROUPS");
        }
        Optional<String> own =
                switch (naming) {
                    case REGISTRY -> ofRegistry(text);
                    case REPOSITORY -> ofRepository(text);
                    case NAMESPACE, SERVICE_ACCOUNT -> inCluster(naming, text);
                    case TAG -> ofTag(text);
                    default -> Optional.empty();
                };
        return own.or(() -> ofAny(naming, text));
    }

    private static Optional<String> ofAny(Naming naming, String text) {
        if (TAGGED.contains(naming) && text.indexOf('=') > 0) {
            return Optional.of("tags are given by the setting ..._TAGS");
        }
        if (text.startsWith("!")) {
            return Optional.of("a pattern excludes nothing");
        }
        if (naming != Naming.TAG
                && naming != Naming.TAG_VALUE
                && SEVERAL.matcher(text).find()) {
            return Optional.of("several names are separated by commas");
        }
        if (LOWER_CASE.contains(naming) && !text.equals(text.toLowerCase(Locale.ROOT))) {
            return Optional.of("the name of a " + naming.thing() + " is written in lower case");
        }
        return REGULAR_EXPRESSION.matcher(text).find()
                ? Optional.of("a pattern is no regular expression: * stands for any characters"
                        + (naming == Naming.REPOSITORY ? "" : ", ? for one") + ", and the whole name has to match")
                : Optional.empty();
    }

    private static Optional<String> ofRegistry(String text) {
        Matcher server = LOGIN_SERVER.matcher(text);
        if (server.matches()) {
            return Optional.of("name the registry without its host: " + server.group(1));
        }
        return text.matches("[A-Za-z0-9*?]+-[A-Za-z0-9*?-]+")
                ? Optional.of("the name of a registry has no hyphen, only its login server may have one,"
                        + " which begins with the name")
                : Optional.empty();
    }

    private static Optional<String> ofRepository(String text) {
        Matcher image = IMAGE.matcher(text);
        if (image.matches() && !image.group(1).equals(text) && !image.group(1).startsWith("/")) {
            return Optional.of("name the repository without its registry and without a tag: " + image.group(1));
        }
        return text.startsWith("/") || text.endsWith("/")
                ? Optional.of("a path neither begins nor ends with /; everything below one is path/*")
                : Optional.empty();
    }

    private static Optional<String> inCluster(Naming naming, String text) {
        if (text.indexOf('=') > 0) {
            return Optional.of("labels of namespaces are given by the setting ..._NAMESPACE_LABELS");
        }
        if (text.startsWith("!") && naming == Naming.NAMESPACE) {
            return Optional.of("what is to be left out is given by the setting ..._EXCLUDED_NAMESPACES");
        }
        return text.matches("[^/:]+[/:].*[^/:]") && naming == Naming.SERVICE_ACCOUNT
                ? Optional.of("a service account is named without its namespace: "
                        + OutsideText.word(text.replaceAll(".*[/:]", "")))
                : Optional.empty();
    }

    private static Optional<String> ofTag(String text) {
        return text.indexOf('*') >= 0 ? Optional.of("the name of a tag is no pattern, its value is") : Optional.empty();
    }
}
