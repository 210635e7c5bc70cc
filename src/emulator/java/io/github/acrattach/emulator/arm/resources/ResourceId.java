package io.github.acrattach.emulator.arm.resources;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The id of a resource in a resource group, compared without case. */
record ResourceId(String subscription, String group, String type, String name) {
    private static final Pattern ID = Pattern.compile(
            "/subscriptions/([^/]+)/resourceGroups/([^/]+)/providers/([^/]+/[^/]+)/([^/]+)", Pattern.CASE_INSENSITIVE);

    static Optional<ResourceId> parse(String id) {
        Matcher matcher = ID.matcher(id);
        return matcher.matches()
                ? Optional.of(new ResourceId(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4)))
                : Optional.empty();
    }

    /** As it is written. */
    String path() {
        return "/subscriptions/" + subscription + "/resourceGroups/" + group + "/providers/" + type + "/" + name;
    }

    static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
