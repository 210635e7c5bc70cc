package io.github.acrattach.domain;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host of a regional endpoint: {@code <name>.<region>.geo.azurecr.io} of the registry that answers at
 * {@code <name>.azurecr.io} (learn.microsoft.com/azure/container-registry/container-registry-endpoint-reference).
 */
public final class RegionalHost {

    /** The order in which the login servers of one registry are told: that of the whole world is the shortest. */
    public static final Comparator<String> ORDER =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    /** Azure has fewer regions; a secret that names more of them would be longer than is read. */
    private static final int MOST = 64;

    private static final Pattern REGION = Pattern.compile("[a-z0-9]{1,30}");

    private RegionalHost() {}

    /** Those that are provably of the registry with this login server, in their order: passwords go to no others. */
    public static List<String> own(String loginServer, Collection<String> shown) {
        return shown.stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .filter(host -> region(loginServer, host).isPresent())
                .distinct()
                .sorted(ORDER)
                .limit(MOST)
                .toList();
    }

    /** The region of which it is the registry's host; empty where it is none of this registry's. */
    public static Optional<String> region(String loginServer, String host) {
        String[] server = loginServer.split("[.]", 2);
        Matcher parts = Pattern.compile("([^.]+)[.]([^.]+)[.]geo[.](.+)").matcher(host);
        return server.length == 2
                        && parts.matches()
                        && parts.group(1).equals(server[0])
                        && parts.group(3).equals(server[1])
                        && REGION.matcher(parts.group(2)).matches()
                ? Optional.of(parts.group(2))
                : Optional.empty();
    }

    /** The hosts of the registry in these regions. */
    public static List<String> in(String loginServer, Collection<String> regions) {
        String[] server = loginServer.split("[.]", 2);
        return own(
                loginServer,
                regions.stream()
                        .map(region -> server[0] + "." + region + ".geo." + server[server.length - 1])
                        .toList());
    }
}
