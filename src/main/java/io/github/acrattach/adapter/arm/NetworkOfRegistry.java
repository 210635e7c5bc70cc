package io.github.acrattach.adapter.arm;

import com.azure.resourcemanager.containerregistry.fluent.models.PrivateEndpointConnectionInner;
import com.azure.resourcemanager.containerregistry.fluent.models.RegistryInner;
import com.azure.resourcemanager.containerregistry.models.Action;
import com.azure.resourcemanager.containerregistry.models.ConnectionStatus;
import com.azure.resourcemanager.containerregistry.models.DefaultAction;
import com.azure.resourcemanager.containerregistry.models.NetworkRuleBypassOptions;
import com.azure.resourcemanager.containerregistry.models.NetworkRuleSet;
import io.github.acrattach.domain.AddressRange;
import io.github.acrattach.domain.OutsideText;
import io.github.acrattach.domain.RegistryNetwork;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What ARM says of a registry's network; what it does not say is as it is in a registry that nobody changed. */
final class NetworkOfRegistry {

    private NetworkOfRegistry() {}

    static RegistryNetwork read(RegistryInner inner) {
        Optional<NetworkRuleSet> firewall = Optional.ofNullable(inner.networkRuleSet());
        List<String> rules = firewall.map(NetworkRuleSet::ipRules).stream()
                .flatMap(List::stream)
                .filter(rule -> isSame(rule.action(), Action.ALLOW) || rule.action() == null)
                .map(rule -> rule.ipAddressOrRange() == null ? "" : rule.ipAddressOrRange())
                .toList();
        return new RegistryNetwork(
                inner.publicNetworkAccess() == null
                        ? RegistryNetwork.ENABLED
                        : OutsideText.word(inner.publicNetworkAccess().toString()),
                firewall.map(NetworkRuleSet::defaultAction)
                        .filter(action -> isSame(action, DefaultAction.DENY))
                        .isPresent(),
                rules.stream()
                        .flatMap(rule -> AddressRange.parse(rule).stream())
                        .toList(),
                rules.stream()
                        .filter(rule -> AddressRange.parse(rule).isEmpty())
                        .map(OutsideText::word)
                        .toList(),
                isSame(inner.networkRuleBypassOptions(), NetworkRuleBypassOptions.AZURE_SERVICES),
                (int) endpoints(inner, ConnectionStatus.APPROVED).count(),
                endpoints(inner, ConnectionStatus.PENDING)
                        .map(each -> each.name() == null ? "" : OutsideText.word(each.name()))
                        .toList());
    }

    private static Stream<PrivateEndpointConnectionInner> endpoints(RegistryInner inner, ConnectionStatus status) {
        return Stream.ofNullable(inner.privateEndpointConnections())
                .flatMap(List::stream)
                .filter(each -> each.privateLinkServiceConnectionState() != null
                        && isSame(each.privateLinkServiceConnectionState().status(), status));
    }

    private static boolean isSame(Object shown, Object wanted) {
        return shown != null && shown.toString().equalsIgnoreCase(wanted.toString());
    }
}
