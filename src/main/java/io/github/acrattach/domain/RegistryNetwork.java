package io.github.acrattach.domain;

import java.util.List;

/**
 * From where an ACR registry may be reached. Wire: {@code publicNetworkAccess}, {@code networkRuleSet},
 * {@code networkRuleBypassOptions} and {@code privateEndpointConnections} of the registry, 2025-11-01. Rules for virtual
 * networks, which previews before 2022 had, are not shown by that version.
 *
 * @param publicAccess whether it has an address on the internet, in ARM's word: {@code Enabled}, {@code Disabled},
 *     {@code SecuredByPerimeter}
 * @param deniesByDefault whether its firewall lets nobody in but those whom a rule names; there it counts alone
 * @param rules from where the firewall lets in
 * @param unreadableRules the texts of rules that are no ranges
 * @param letsTrustedServicesIn whether some services of Azure pass the firewall; nodes of AKS are none of them
 * @param privateEndpoints how many private endpoints are approved
 * @param pendingEndpoints the names of connections of private endpoints that somebody still has to approve
 */
public record RegistryNetwork(
        String publicAccess,
        boolean deniesByDefault,
        List<AddressRange> rules,
        List<String> unreadableRules,
        boolean letsTrustedServicesIn,
        int privateEndpoints,
        List<String> pendingEndpoints) {

    public static final String ENABLED = "Enabled";

    /** Open to everybody, as a registry is that nobody changed. */
    public static final RegistryNetwork OPEN =
            new RegistryNetwork(ENABLED, false, List.of(), List.of(), true, 0, List.of());

    public RegistryNetwork {
        rules = List.copyOf(rules);
        unreadableRules = List.copyOf(unreadableRules);
        pendingEndpoints = List.copyOf(pendingEndpoints);
    }

    /** Whether it can be reached from the internet, as far as its firewall lets in. */
    public boolean isPublic() {
        return publicAccess.equalsIgnoreCase(ENABLED);
    }

    /** Whether it can be reached by private endpoints alone. */
    public boolean isPrivate() {
        return publicAccess.equalsIgnoreCase("Disabled");
    }

    /** Whether the firewall keeps anybody out. */
    public boolean keepsSomeOut() {
        return deniesByDefault && !AddressRange.ALL.isIn(rules);
    }
}
