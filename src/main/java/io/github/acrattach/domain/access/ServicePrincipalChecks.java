package io.github.acrattach.domain.access;

import static io.github.acrattach.domain.access.Check.IDENTITY;

import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.DirectoryPrincipal;
import io.github.acrattach.domain.Lookup;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Whether a cluster's service principal is there and can sign in. */
final class ServicePrincipalChecks {

    private ServicePrincipalChecks() {}

    /** Whatever is wrong with it; one finding of who it is where nothing is. */
    static List<Finding> of(
            Cluster cluster, UUID clientId, Lookup<DirectoryPrincipal> principal, PairTenants tenants, Instant now) {
        if (tenants.isAskedElsewhere()) {
            return List.of(askedElsewhere(clientId, tenants.ofRegistry().get()));
        }
        return principal.fold(
                there -> ofFound(cluster, there, now),
                () -> List.of(tenants.areApart() ? otherTenant(clientId, tenants) : notFound(cluster, clientId)),
                problem -> List.of(Finding.unknown(
                        IDENTITY,
                        Code.SERVICE_PRINCIPAL_NOT_READABLE,
                        "service principal " + clientId + ", not readable",
                        problem.cause(),
                        problem.fix())));
    }

    private static Finding askedElsewhere(UUID clientId, UUID tenant) {
        return Finding.unknown(
                IDENTITY,
                Code.SERVICE_PRINCIPAL_NOT_READABLE,
                "service principal " + clientId + ", registry in tenant " + tenant,
                "The registry lives in the tenant " + tenant + ", whose directory this program cannot ask: whether the"
                        + " service principal " + clientId
                        + " of the cluster is known there, and by which object id, it"
                        + " cannot tell.",
                "az ad sp show --id \"" + clientId + "\"   (after az login --tenant \"" + tenant + "\")");
    }

    /** A service principal can meet a registry of another tenant, but has to be known there. */
    private static Finding otherTenant(UUID clientId, PairTenants tenants) {
        UUID tenant = tenants.ofRegistry().get();
        return Finding.fails(
                IDENTITY,
                Code.OTHER_TENANT,
                "service principal " + clientId + ", cluster in tenant "
                        + tenants.ofCluster().get() + ", registry in tenant " + tenant,
                "The registry lives in the tenant " + tenant + ", whose directory does not know the service principal "
                        + clientId + " of the cluster: its application has to allow other tenants, and somebody of that"
                        + " tenant has to consent to it.",
                AzCommand.makeServicePrincipal(clientId) + "   (after az login --tenant \"" + tenant
                        + "\"; its application first: az ad app update --id \"" + clientId
                        + "\" --sign-in-audience AzureADMultipleOrgs)");
    }

    private static Finding notFound(Cluster cluster, UUID clientId) {
        return Finding.fails(
                IDENTITY,
                Code.SERVICE_PRINCIPAL_NOT_FOUND,
                "service principal " + clientId + ", not in the directory",
                "The cluster " + cluster.id().name() + " pulls with the service principal " + clientId
                        + ", which the directory does not know: it was deleted, or is in another tenant.",
                AzCommand.makeServicePrincipal(clientId)
                        + "   (where its application is still there; else give the cluster"
                        + " another one: " + AzCommand.resetServicePrincipal(cluster.id(), "<client id>", "<secret>")
                        + ")");
    }

    private static List<Finding> ofFound(Cluster cluster, DirectoryPrincipal principal, Instant now) {
        List<Finding> troubles = Stream.concat(
                        disabled(cluster, principal).stream(),
                        PrincipalSecretChecks.of(cluster, principal, now).stream())
                .toList();
        return troubles.isEmpty()
                ? List.of(Finding.ok(IDENTITY, PrincipalSecretChecks.seen(principal, now)))
                : troubles;
    }

    private static Optional<Finding> disabled(Cluster cluster, DirectoryPrincipal principal) {
        return principal.enabled()
                ? Optional.empty()
                : Optional.of(Finding.fails(
                        IDENTITY,
                        Code.SERVICE_PRINCIPAL_DISABLED,
                        seen(principal) + ", accountEnabled false",
                        "The service principal " + principal.clientId() + " that the cluster "
                                + cluster.id().name() + " pulls with is disabled: Entra ID lets it sign in nowhere.",
                        AzCommand.enable(principal.objectId())));
    }

    static String seen(DirectoryPrincipal principal) {
        return "service principal " + principal.clientId() + ", object id " + principal.objectId();
    }
}
