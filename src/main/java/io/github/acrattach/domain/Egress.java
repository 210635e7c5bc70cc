package io.github.acrattach.domain;

import java.util.List;
import java.util.Optional;

/**
 * By which public addresses the nodes of an AKS cluster leave its network, as far as ARM shows it. Wire:
 * learn.microsoft.com/azure/aks/egress-outboundtype.
 *
 * @param outboundType the way out, in ARM's word; absent on old clusters, which leave by their load balancer
 * @param addresses the public addresses, and prefixes of such, of the load balancer or NAT gateway that AKS looks after;
 *     none where the way out is the user's own
 * @param subnet where the nodes are, or the first of such places; empty where AKS made the network itself
 * @param isPartial whether nodes leave by others as well, which are not shown: their own, or of ids that cannot be read
 */
public record Egress(Optional<String> outboundType, List<ArmId> addresses, Optional<ArmId> subnet, boolean isPartial) {

    /** The type of a public address. */
    public static final String ADDRESS = "Microsoft.Network/publicIPAddresses";

    /** The type of a range of public addresses. */
    public static final String PREFIX = "Microsoft.Network/publicIPPrefixes";

    /** The type of a part of a network. */
    public static final String SUBNET = "Microsoft.Network/virtualNetworks/subnets";

    /** Of a cluster of which ARM shows nothing of this. */
    public static final Egress NOT_SHOWN = new Egress(Optional.empty(), List.of(), Optional.empty(), false);

    public Egress {
        addresses = List.copyOf(addresses);
    }

    /** Whether all of them are shown. */
    public boolean isShown() {
        return !addresses.isEmpty() && !isPartial;
    }

    /** Whether AKS closes every way out, but for those into the cluster's own network. */
    public boolean isBlocked() {
        return outboundType.filter("block"::equalsIgnoreCase).isPresent();
    }
}
