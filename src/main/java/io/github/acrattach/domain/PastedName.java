package io.github.acrattach.domain;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host or a name by which somebody means a cluster or a registry. What may stand in a name is told by
 * learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules; a registry is also named by an image in it.
 */
final class PastedName {

    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

    /** A host with a dot in it, in a URL or as it is, and what is called there. */
    private static final Pattern HOST = Pattern.compile("(?:(?i:https?|oci|docker)://)?(?<host>" + LABEL + "(?:\\."
            + LABEL + ")+)\\.?(?::(?<port>[0-9]{1,5}))?(?<path>/[A-Za-z0-9._/:@+-]*)?");

    private static final Pattern DOTS = Pattern.compile("/\\.+(?:/|$)");
    private static final Pattern REGISTRY = Pattern.compile("([A-Za-z0-9]{5,50})/*");
    private static final Pattern CLUSTER = Pattern.compile("([A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?)/*");

    /** Where links and URLs of ARM lead, in each cloud. */
    private static final Pattern PORTAL = Pattern.compile("(?:.+\\.)?(?:portal|management)\\..+");

    private static final int LONGEST_HOST = 253;
    private static final String PORT_OF_HTTPS = "443";

    private PastedName() {}

    /** The host or name that the text is; empty when it is none. */
    static Optional<ResourceReference> find(String text, String type) {
        String decoded = PastedText.decoded(text);
        Matcher name = (type.equals(ArmId.REGISTRY) ? REGISTRY : CLUSTER).matcher(decoded);
        if (name.matches()) {
            return Optional.of(new ResourceReference.Name(type, name.group(1)));
        }
        Matcher host = HOST.matcher(decoded.split("[?#]", 2)[0]);
        if (!host.matches() || host.group("host").length() > LONGEST_HOST) {
            return Optional.empty();
        }
        String server = host.group("host").toLowerCase(Locale.ROOT);
        if (PORTAL.matcher(server).matches()) {
            throw new IllegalArgumentException(
                    "There is no id of a resource in this link. What stands behind its # is lost"
                            + " where that is not written as %23; curl does so for --get --data-urlencode.");
        }
        String path = Optional.ofNullable(host.group("path")).orElse("");
        return DOTS.matcher(path).find()
                ? Optional.empty()
                : Optional.of(new ResourceReference.Host(type, server + port(host.group("port"))));
    }

    private static String port(String port) {
        return port == null || port.equals(PORT_OF_HTTPS) ? "" : ":" + port;
    }
}
