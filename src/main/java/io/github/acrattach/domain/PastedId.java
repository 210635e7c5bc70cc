package io.github.acrattach.domain;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The id of a resource where people copy it from: a command's output, a URL of ARM, the id of something that belongs to the
 * resource, or a link of the portal, in any cloud. A link has the id behind its {@code #}, as it is
 * ({@code #@tenant/resource/subscriptions/...}) or encoded among the parameters of a view
 * ({@code #view/.../id/%2Fsubscriptions%2F...}). Nothing is sent to where a link leads, so that its host does not matter.
 */
final class PastedId {

    private static final String SUBSCRIPTIONS = "/subscriptions/";

    /** Segments of {@code /subscriptions/{guid}/resourceGroups/{group}/providers/{namespace}/{type}/{name}}, and one before. */
    private static final int OF_A_RESOURCE = 9;

    private static final Pattern URL = Pattern.compile("(?i)https?://([^/?#]*)([^?#]*)(?:\\?[^#]*)?(?:#(.*))?");
    private static final Pattern ENCODED_URL = Pattern.compile("(?i)https?(?:%25)*%3a.*");
    private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z0-9.-]+(?::[0-9]{1,5})?");

    /** As browsers show it, and as it is copied by hand. */
    private static final Pattern URL_WITHOUT_SCHEME = Pattern.compile(
            "(?i)[a-z0-9-]+(?:\\.[a-z0-9-]+)+(?::[0-9]{1,5})?(?:/.*)?(?:/|%2f)subscriptions(?:/|%2f).*");

    /** A part of a link, or what a Git bash on Windows makes of an id: it takes it for a path of its own. */
    private static final Pattern BEFORE = Pattern.compile(
            "(?i)(?:[a-z]:(?:/[a-z0-9 ._()-]+)*|#?@[a-z0-9.-]*/resource|[#/]?resource)?/*(?=subscriptions(?:/|$))");

    private static final Pattern SEGMENT = Pattern.compile("[\\p{L}\\p{N}_.()-]+");
    private static final Pattern DOTS = Pattern.compile("(?:^|/)\\.+(?:/|$)");
    private static final Pattern BOUNDARY = Pattern.compile("(?i)(?=" + SUBSCRIPTIONS + ")");

    /** Behind it, JSON goes on in which the id was a value. */
    private static final Pattern END_OF_VALUE = Pattern.compile("\"");

    private PastedId() {}

    /**
     * The id in the text; empty when there is none in it.
     *
     * @throws IllegalArgumentException when there is one, but none of that type, or not only one
     */
    static Optional<ArmId> find(String text, String type) {
        String whole = ENCODED_URL.matcher(text).matches() ? PastedText.decoded(text) : text;
        Matcher url = URL.matcher(URL_WITHOUT_SCHEME.matcher(whole).matches() ? "https://" + whole : whole);
        return url.matches() ? inUrl(url, type) : inPath(whole, type);
    }

    private static Optional<ArmId> inUrl(Matcher url, String type) {
        if (!AUTHORITY.matcher(url.group(1)).matches()) {
            throw new IllegalArgumentException("This URL names no host, or more than a host, before its path.");
        }
        String fragment = Optional.ofNullable(url.group(3)).orElse("");
        String where = PastedText.decoded((fragment.isEmpty() ? url.group(2) : fragment).split("\\?", 2)[0]);
        List<String> ids = new ArrayList<>(List.of(BOUNDARY.split("/" + where)));
        ids.remove(0);
        if (ids.isEmpty()) {
            return Optional.empty();
        }
        if (DOTS.matcher(where).find()) {
            throw dots();
        }
        Set<ArmId> found = new LinkedHashSet<>();
        ids.forEach(id -> resource(END_OF_VALUE.split(id, 2)[0], type).ifPresent(found::add));
        if (found.size() > 1) {
            throw new IllegalArgumentException("This link names more than one, and which is meant is not to be seen: "
                    + found.stream().map(ArmId::toString).collect(Collectors.joining(" and ")) + ".");
        }
        return Optional.of(found.stream()
                .findFirst()
                .orElseThrow(() -> mistaken(END_OF_VALUE.split(ids.get(0), 2)[0], type)));
    }

    private static Optional<ArmId> inPath(String text, String type) {
        String path = PastedText.decoded(text);
        Matcher before = BEFORE.matcher(path);
        if (!before.lookingAt()) {
            return Optional.empty();
        }
        String id = ("/" + path.substring(before.end())).split("[?#]", 2)[0].replaceAll("/+$", "");
        if (DOTS.matcher(id).find()) {
            throw dots();
        }
        String[] segments = id.split("/", -1);
        for (int i = OF_A_RESOURCE; i < segments.length; i++) {
            if (!SEGMENT.matcher(segments[i]).matches() || segments[i].equalsIgnoreCase("subscriptions")) {
                throw new IllegalArgumentException(
                        "Segment " + i + " of the resource id is empty, begins another id, or"
                                + " holds a character other than letters, digits and - _ . ( ).");
            }
        }
        return Optional.of(resource(id, type).orElseThrow(() -> mistaken(id, type)));
    }

    /** The resource itself, of what belongs to it. */
    private static Optional<ArmId> resource(String id, String type) {
        String[] segments = id.split("/", -1);
        boolean isOfType = segments.length >= OF_A_RESOURCE
                && segments[3].equalsIgnoreCase("resourceGroups")
                && segments[5].equalsIgnoreCase("providers")
                && (segments[6] + "/" + segments[7]).equalsIgnoreCase(type);
        return isOfType
                ? Optional.of(ArmId.parse(String.join("/", List.of(segments).subList(0, OF_A_RESOURCE)), type))
                : Optional.empty();
    }

    /** It may end with something that is no id of its own, such as the page of the portal that was open. */
    private static IllegalArgumentException mistaken(String id, String type) {
        String[] segments = id.split("/", -1);
        ArmId other = ArmId.parse(
                segments.length <= OF_A_RESOURCE
                        ? id
                        : String.join("/", List.of(segments).subList(0, OF_A_RESOURCE)));
        return new IllegalArgumentException("This is the id of a " + other.type() + "; the id of a " + type
                + " is needed, such as /subscriptions/" + other.subscription() + "/resourceGroups/"
                + (other.resourceGroup().isEmpty() ? "{group}" : other.resourceGroup()) + "/providers/" + type
                + "/{name}.");
    }

    private static IllegalArgumentException dots() {
        return new IllegalArgumentException("A resource id has no segment of dots alone, such as '..'.");
    }
}
