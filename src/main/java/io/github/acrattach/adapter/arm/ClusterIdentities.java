package io.github.acrattach.adapter.arm;

import com.azure.resourcemanager.containerservice.fluent.models.ManagedClusterInner;
import com.azure.resourcemanager.containerservice.models.ManagedClusterIdentity;
import com.azure.resourcemanager.containerservice.models.ManagedClusterIngressProfile;
import com.azure.resourcemanager.containerservice.models.ManagedClusterIngressProfileWebAppRouting;
import com.azure.resourcemanager.containerservice.models.ManagedClusterOidcIssuerProfile;
import com.azure.resourcemanager.containerservice.models.ManagedClusterPodIdentityProfile;
import com.azure.resourcemanager.containerservice.models.ManagedClusterSecurityProfile;
import com.azure.resourcemanager.containerservice.models.ManagedClusterSecurityProfileWorkloadIdentity;
import com.azure.resourcemanager.containerservice.models.UserAssignedIdentity;
import io.github.acrattach.domain.ClusterIdentity;
import io.github.acrattach.domain.ClusterIdentity.Use;
import io.github.acrattach.domain.Guid;
import io.github.acrattach.domain.OutsideText;
import io.github.acrattach.domain.PullIdentity;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The identities that ARM shows of a cluster beside the one that pulls: learn.microsoft.com/rest/api/aks/managed-clusters/get. */
final class ClusterIdentities {

    private ClusterIdentities() {}

    /** Each once, under the first of its uses; one that is the kubelet's as well is no other. */
    static List<ClusterIdentity> others(ManagedClusterInner inner) {
        Set<UUID> told = kubelets(inner).map(ClusterIdentity::principal).collect(Collectors.toCollection(HashSet::new));
        return Stream.of(
                        controlPlane(inner),
                        addOns(inner),
                        profile(inner),
                        podIdentities(inner),
                        routing(inner),
                        clientIds(inner))
                .flatMap(each -> each)
                .filter(each -> told.add(each.principal()))
                .toList();
    }

    /** Both are needed: a token that nobody issues exchanges for nothing. */
    static boolean ofPods(ManagedClusterInner inner) {
        return Optional.ofNullable(inner.securityProfile())
                        .map(ManagedClusterSecurityProfile::workloadIdentity)
                        .map(ManagedClusterSecurityProfileWorkloadIdentity::enabled)
                        .orElse(false)
                && Optional.ofNullable(inner.oidcIssuerProfile())
                        .map(ManagedClusterOidcIssuerProfile::enabled)
                        .orElse(false);
    }

    /** Shown for an identity that Azure made for the cluster alone. */
    static Optional<UUID> tenant(ManagedClusterInner inner) {
        return Optional.ofNullable(inner.identity())
                .map(ManagedClusterIdentity::tenantId)
                .flatMap(Guid::parse);
    }

    private static Stream<ClusterIdentity> controlPlane(ManagedClusterInner inner) {
        return Stream.ofNullable(inner.identity())
                .flatMap(identity -> Stream.concat(
                        identity(Use.CONTROL_PLANE, "SystemAssigned", identity.principalId()),
                        entries(identity.userAssignedIdentities())
                                .flatMap(each -> identity(
                                        Use.CONTROL_PLANE,
                                        lastSegment(each.getKey()),
                                        each.getValue().principalId()))));
    }

    private static Stream<ClusterIdentity> addOns(ManagedClusterInner inner) {
        return entries(inner.addonProfiles())
                .filter(each -> each.getValue().identity() != null)
                .flatMap(each -> identity(
                        Use.ADD_ON, each.getKey(), each.getValue().identity().objectId()));
    }

    private static Stream<ClusterIdentity> kubelets(ManagedClusterInner inner) {
        return profile(inner).filter(each -> PullIdentity.isKubelet(each.name()));
    }

    private static Stream<ClusterIdentity> profile(ManagedClusterInner inner) {
        return entries(inner.identityProfile())
                .flatMap(each ->
                        identity(Use.OTHER, each.getKey(), each.getValue().objectId()));
    }

    /** Of whoever pulls: {@code msi} where that is no service principal. */
    private static Stream<ClusterIdentity> clientIds(ManagedClusterInner inner) {
        return Stream.concat(
                entries(inner.identityProfile())
                        .filter(each -> PullIdentity.isKubelet(each.getKey()))
                        .flatMap(each -> identity(
                                Use.CLIENT_ID, each.getKey(), each.getValue().clientId())),
                Stream.ofNullable(inner.servicePrincipalProfile())
                        .flatMap(profile -> identity(Use.CLIENT_ID, "servicePrincipalProfile", profile.clientId())));
    }

    /** Of pod-managed identities, which came before workload identity. */
    private static Stream<ClusterIdentity> podIdentities(ManagedClusterInner inner) {
        return Stream.ofNullable(inner.podIdentityProfile())
                .map(ManagedClusterPodIdentityProfile::userAssignedIdentities)
                .flatMap(Stream::ofNullable)
                .flatMap(List::stream)
                .filter(each -> each.identity() != null)
                .flatMap(each -> identity(
                        Use.OTHER,
                        each.namespace() + "/" + each.name(),
                        each.identity().objectId()));
    }

    private static Stream<ClusterIdentity> routing(ManagedClusterInner inner) {
        return Optional.ofNullable(inner.ingressProfile())
                .map(ManagedClusterIngressProfile::webAppRouting)
                .map(ManagedClusterIngressProfileWebAppRouting::identity)
                .map(UserAssignedIdentity::objectId)
                .stream()
                .flatMap(id -> identity(Use.ADD_ON, "webAppRouting", id));
    }

    private static Stream<ClusterIdentity> identity(Use use, String name, String objectId) {
        return Stream.ofNullable(objectId)
                .flatMap(id -> Guid.parse(id).stream())
                .map(id -> new ClusterIdentity(use, OutsideText.word(name), id));
    }

    private static <T> Stream<Map.Entry<String, T>> entries(Map<String, T> map) {
        return Stream.ofNullable(map)
                .flatMap(all -> all.entrySet().stream())
                .filter(each -> each.getValue() != null)
                .sorted(Map.Entry.comparingByKey());
    }

    private static String lastSegment(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }
}
