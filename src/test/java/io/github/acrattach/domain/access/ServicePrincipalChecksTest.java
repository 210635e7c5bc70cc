package io.github.acrattach.domain.access;

import static io.github.acrattach.domain.access.Finding.State.FAILS;
import static io.github.acrattach.domain.access.Finding.State.OK;
import static io.github.acrattach.domain.access.Finding.State.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.DirectoryPrincipal;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.PullIdentity;
import io.github.acrattach.domain.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whether the service principal of a cluster is there, and can sign in. */
class ServicePrincipalChecksTest {

    private static final Pairing PAIRING = new Pairing(Samples.CLUSTER, Samples.REGISTRY);
    private static final UUID CLIENT = UUID.fromString("a9b8c7d6-e5f4-4321-8fed-cba987654321");
    private static final UUID OBJECT = UUID.fromString("d8e9f0a1-b2c3-4d4e-9f5a-6b7c8d9e0f1a");
    private static final UUID HERE = UUID.fromString("6d1f0a52-7c3b-4e8d-9a41-2b5c7d9e0f31");
    private static final UUID THERE = UUID.fromString("0a1b2c3d-4e5f-4061-8273-94a5b6c7d8e9");
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Instant NEXT_YEAR = Instant.parse("2027-06-01T12:00:00Z");
    private static final Instant LAST_YEAR = Instant.parse("2025-06-01T12:00:00Z");

    @Test
    void onePasswordThatIsValidIsEnough() {
        Finding finding = only(holding(NEXT_YEAR));
        assertThat(finding)
                .isEqualTo(Finding.ok(
                        Check.IDENTITY,
                        "service principal " + CLIENT + ", object id " + OBJECT
                                + ", 1 password, 0 expired, last expiry 2027-06-01"));
    }

    @Test
    void passwordWithoutEndNeverExpires() {
        assertThat(only(holding(Password.NEVER)).seen()).endsWith("last expiry never");
    }

    @Test
    void expiredSecretIsRenewed() {
        Finding finding = only(holding(LAST_YEAR));
        assertThat(finding.code()).contains(Code.SERVICE_PRINCIPAL_SECRET_EXPIRED);
        assertThat(finding.state()).isEqualTo(FAILS);
        assertThat(finding.cause().orElseThrow()).endsWith("its only one expired on 2025-06-01.");
        assertThat(finding.fix())
                .contains("az aks update-credentials --subscription \"" + Samples.SUBSCRIPTION
                        + "\" --resource-group \"platform\" --name \"aks-shop\" --reset-service-principal"
                        + " --service-principal \"" + CLIENT
                        + "\" --client-secret \"$(az ad app credential reset --id \""
                        + CLIENT + "\" --append --query password --output tsv)\"");
    }

    @Test
    void secretHasExpiredOnlyWhereAllHave() {
        Finding all = only(holding(LAST_YEAR, LAST_YEAR.minus(Duration.ofDays(30))));
        assertThat(all.code()).contains(Code.SERVICE_PRINCIPAL_SECRET_EXPIRED);
        assertThat(all.cause().orElseThrow()).endsWith("the last of its 2 expired on 2025-06-01.");
        Finding some = only(holding(LAST_YEAR, NEXT_YEAR));
        assertThat(some.code()).contains(Code.SERVICE_PRINCIPAL_SECRET_DOUBTFUL);
        assertThat(some.state()).isEqualTo(OK);
        assertThat(some.seen()).endsWith("2 passwords, 1 expired, last expiry 2027-06-01");
    }

    @Test
    void passwordExpiresAtItsEndAndNoSooner() {
        assertThat(only(holding(NOW)).code()).contains(Code.SERVICE_PRINCIPAL_SECRET_EXPIRED);
        assertThat(only(holding(NOW.plusSeconds(1))).code()).contains(Code.SERVICE_PRINCIPAL_SECRET_EXPIRES_SOON);
    }

    @Test
    void secretThatExpiresWithinAFortnightIsNoted() {
        Finding finding = only(holding(NOW.plus(Duration.ofDays(14))));
        assertThat(finding.code()).contains(Code.SERVICE_PRINCIPAL_SECRET_EXPIRES_SOON);
        assertThat(finding.state()).isEqualTo(OK);
        assertThat(finding.fix().orElseThrow()).startsWith("az aks update-credentials");
        assertThat(only(holding(NOW.plus(Duration.ofDays(14)).plusSeconds(1))).code())
                .isEmpty();
    }

    @Test
    void disabledOneIsEnabled() {
        Finding finding = only(new Lookup.Found<>(principal(false, HERE, passwords(NEXT_YEAR))));
        assertThat(finding.code()).contains(Code.SERVICE_PRINCIPAL_DISABLED);
        assertThat(finding.fix()).contains("az ad sp update --id \"" + OBJECT + "\" --set accountEnabled=true");
    }

    @Test
    void bothTroublesOfOneAreTold() {
        assertThat(check(new Lookup.Found<>(principal(false, HERE, passwords(LAST_YEAR))), PairTenants.UNKNOWN))
                .extracting(each -> each.code().orElseThrow())
                .containsExactly(Code.SERVICE_PRINCIPAL_DISABLED, Code.SERVICE_PRINCIPAL_SECRET_EXPIRED);
    }

    /** It may sign in by what Graph does not show here: nobody is told that it cannot. */
    @Test
    void oneWithoutPasswordsIsNotCalledExpired() {
        Finding finding = only(holding());
        assertThat(finding.code()).contains(Code.SERVICE_PRINCIPAL_SECRET_NOT_READABLE);
        assertThat(finding.state()).isEqualTo(UNKNOWN);
        assertThat(finding.fix()).contains("az ad app credential list --id \"" + CLIENT + '"');
    }

    @Test
    void passwordsOfAnotherTenantsApplicationAreSeenThere() {
        Finding finding = only(new Lookup.Found<>(principal(true, THERE, new Lookup.Absent<>())));
        assertThat(finding.code()).contains(Code.SERVICE_PRINCIPAL_SECRET_NOT_READABLE);
        assertThat(finding.cause().orElseThrow()).contains("registered in the tenant " + THERE);
        assertThat(finding.fix().orElseThrow()).endsWith("(after az login --tenant \"" + THERE + "\")");
    }

    @Test
    void refusedPasswordsAreToldInTheWordsOfTheRefusal() {
        Problem problem = Samples.problem(Problem.Kind.MISSING_RIGHT);
        Finding finding = only(new Lookup.Found<>(principal(true, HERE, new Lookup.Denied<>(problem))));
        assertThat(finding.code()).contains(Code.SERVICE_PRINCIPAL_SECRET_NOT_READABLE);
        assertThat(finding.cause()).contains(problem.cause());
        assertThat(finding.fix()).contains(problem.fix());
    }

    @Test
    void oneThatTheDirectoryDoesNotKnowIsNotFound() {
        Finding finding = only(new Lookup.Absent<>());
        assertThat(finding.code()).contains(Code.SERVICE_PRINCIPAL_NOT_FOUND);
        assertThat(finding.state()).isEqualTo(FAILS);
        assertThat(finding.fix().orElseThrow())
                .startsWith("az ad sp create --id \"" + CLIENT + '"')
                .contains("az aks update-credentials");
    }

    @Test
    void directoryThatDoesNotTellIsToldInItsOwnWords() {
        Problem problem = Samples.problem(Problem.Kind.MISSING_RIGHT);
        Finding finding = only(new Lookup.Denied<>(problem));
        assertThat(finding.code()).contains(Code.SERVICE_PRINCIPAL_NOT_READABLE);
        assertThat(finding.state()).isEqualTo(UNKNOWN);
        assertThat(finding.fix()).contains(problem.fix());
    }

    @Test
    void oneOfAnotherTenantHasToBeConsentedToWhereTheRegistryIs() {
        Finding finding =
                check(new Lookup.Absent<>(), tenants(THERE, HERE, HERE)).get(0);
        assertThat(finding.code()).contains(Code.OTHER_TENANT);
        assertThat(finding.cause().orElseThrow()).contains("has to consent to it");
        assertThat(finding.fix().orElseThrow())
                .startsWith("az ad sp create --id \"" + CLIENT + "\"   (after az login --tenant \"" + HERE + '"');
    }

    @Test
    void oneThatIsConsentedToMeetsTheRegistryOfAnotherTenant() {
        assertThat(check(holding(NEXT_YEAR), tenants(THERE, HERE, HERE))).allMatch(each -> each.state() == OK);
    }

    /** A subscription that is managed from another tenant: its directory cannot be asked. */
    @Test
    void directoryOfAnotherTenantThanTheRegistrysSaysNothing() {
        assertThat(Stream.of(holding(NEXT_YEAR), new Lookup.Absent<DirectoryPrincipal>())
                        .map(each -> check(each, tenants(THERE, THERE, HERE)).get(0)))
                .allMatch(each -> each.code().equals(Optional.of(Code.SERVICE_PRINCIPAL_NOT_READABLE))
                        && each.fix().orElseThrow().contains("az login --tenant \"" + THERE + '"'));
    }

    private static Lookup<DirectoryPrincipal> holding(Instant... ends) {
        return new Lookup.Found<>(principal(true, HERE, passwords(ends)));
    }

    private static Lookup<List<Password>> passwords(Instant... ends) {
        return new Lookup.Found<>(Stream.of(ends)
                .map(end -> new Password(end.toString(), Instant.EPOCH, end))
                .toList());
    }

    private static DirectoryPrincipal principal(boolean enabled, UUID home, Lookup<List<Password>> passwords) {
        return new DirectoryPrincipal(CLIENT, OBJECT, enabled, Optional.of(home), Optional.of(HERE), passwords);
    }

    private static PairTenants tenants(UUID cluster, UUID registry, UUID asked) {
        return new PairTenants(Optional.of(cluster), Optional.of(registry), Optional.of(asked));
    }

    private static Finding only(Lookup<DirectoryPrincipal> principal) {
        List<Finding> findings = check(principal, PairTenants.UNKNOWN);
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    private static List<Finding> check(Lookup<DirectoryPrincipal> principal, PairTenants tenants) {
        Lookup<Cluster> cluster = AlteredCluster.sample()
                .identity(new PullIdentity.ServicePrincipal(CLIENT))
                .found();
        return IdentityChecks.of(PAIRING, cluster, principal, tenants, NOW);
    }
}
