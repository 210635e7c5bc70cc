package io.github.acrattach.domain;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host that somebody names as a registry's. A registry answers at its login server, and beside it at one for each region
 * ({@code <name>.<region>.geo.<suffix>}) and, for layers alone, at data endpoints ({@code <name>.<region>.data.<suffix>}):
 * learn.microsoft.com/azure/container-registry/container-registry-dedicated-data-endpoints. Whose it is follows from the login
 * server that ARM shows, so that it is right in every cloud.
 *
 * @param name in lower case
 */
public record RegistryHost(String name) {

    private static final Pattern REGIONAL = Pattern.compile("([a-z0-9-]+)\\.[a-z0-9]+\\.(geo|data)\\.(.+)");

    public RegistryHost {
        name = name.toLowerCase(Locale.ROOT);
    }

    /** Whether it is the registry's, for whatever purpose. */
    public boolean isOf(Registry registry) {
        return name.equals(registry.loginServer()) || isRegional("geo", registry) || isRegional("data", registry);
    }

    /** Whether images of the registry can be named by it; by a regional endpoint, unless it is known to have no such. */
    public boolean isLoginServerOf(Registry registry) {
        return name.equals(registry.loginServer())
                || isRegional("geo", registry)
                        && registry.regionalEndpoints()
                                .filter(hosts -> !hosts.contains(name))
                                .isEmpty();
    }

    private boolean isRegional(String kind, Registry registry) {
        Matcher regional = REGIONAL.matcher(name);
        return regional.matches()
                && regional.group(2).equals(kind)
                && (regional.group(1) + "." + regional.group(3)).equals(registry.loginServer());
    }

    /** What would be the registry's name, were this its login server: without the hash of a domain name label. */
    public String label() {
        return name.split("[.-]", 2)[0];
    }
}
