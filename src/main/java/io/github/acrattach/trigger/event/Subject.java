package io.github.acrattach.trigger.event;

import io.github.acrattach.domain.ArmId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an event is about.
 *
 * @param isTags whether it names the tags of the resource, which Azure has as a resource of their own
 *     (learn.microsoft.com/rest/api/resources/tags); events about them name either
 */
record Subject(ArmId resource, boolean isTags) {

    private static final Pattern OF_TAGS =
            Pattern.compile("(.+)/providers/Microsoft[.]Resources/tags/default", Pattern.CASE_INSENSITIVE);

    /** @throws IllegalArgumentException when it is no id of a resource, or of its tags; the message says why */
    static Subject parse(String text) {
        Matcher tags = OF_TAGS.matcher(text);
        return tags.matches() ? new Subject(ArmId.parse(tags.group(1)), true) : new Subject(ArmId.parse(text), false);
    }

    boolean isClusterOrRegistry() {
        return resource.isA(ArmId.CLUSTER) || resource.isA(ArmId.REGISTRY);
    }
}
