package io.github.acrattach.trigger.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.ImageReference;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PullRight;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.domain.access.Check;
import io.github.acrattach.domain.access.Check.Way;
import io.github.acrattach.domain.access.Code;
import io.github.acrattach.domain.access.Finding;
import io.github.acrattach.domain.access.Verdict;
import io.github.acrattach.usecase.VerifyPullAccess.Verified;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The title of the ticket says no more than is so. */
class AccessSummaryTest {

    private static final Finding WORKING = Finding.ok(Check.NAMESPACES, "secret acr-attach-acrshop in web");

    private static final Finding NO_ROLE = fails(Check.RIGHT, Code.NO_RIGHT);

    @Test
    void imageOfAnotherRegistryIsNotSaidToBeOneThatCannotBePulled() {
        assertThat(summary(
                        Optional.of("mcr.microsoft.com/hello:1"),
                        Way.ROLE,
                        fails(Check.RESOURCES, Code.IMAGE_OF_ANOTHER_REGISTRY)))
                .isEqualTo("mcr.microsoft.com/hello:1 is no image of acrshop: image of another registry");
    }

    @Test
    void clusterThatPullsInSomeNamespacesIsNotSaidToPullInNone() {
        assertThat(summary(Optional.empty(), Way.SECRET, fails(Check.NAMESPACES, Code.SECRET_ABSENT), WORKING))
                .isEqualTo("aks-shop cannot pull from acrshop in every namespace: secret absent");
        assertThat(summary(Optional.empty(), Way.SECRET, fails(Check.NAMESPACES, Code.SECRET_ABSENT)))
                .isEqualTo("aks-shop cannot pull from acrshop: secret absent");
    }

    @Test
    void clusterThatPullsByOneLoginServerIsNotSaidToPullByNone() {
        assertThat(summary(Optional.empty(), Way.SECRET, fails(Check.NAMESPACES, Code.LOGIN_SERVER_NOT_COVERED)))
                .isEqualTo("aks-shop cannot pull from acrshop by each of its login servers: login server not covered");
    }

    @Test
    void openDoorIsWhatLetsInWhereThePullSecretDoesNot() {
        Finding open = Finding.noted(Check.OPEN_DOORS, Code.ANONYMOUS_PULL, "anonymousPullEnabled true", "It is open.");
        assertThat(summary(
                        Optional.empty(), Way.SECRET, open, fails(Check.CREDENTIAL, Code.CREDENTIAL_DISABLED), WORKING))
                .isEqualTo("aks-shop can pull from acrshop, as anybody can");
        assertThat(summary(Optional.empty(), Way.SECRET, open, Finding.ok(Check.CREDENTIAL, "valid"), WORKING))
                .isEqualTo("aks-shop can pull from acrshop, by its pull secret");
    }

    @Test
    void openDoorIsWhatLetsInUntilTheRoleHolds() {
        Finding open = Finding.noted(Check.OPEN_DOORS, Code.ANONYMOUS_PULL, "anonymousPullEnabled true", "It is open.");
        Finding fresh = Finding.unknown(
                Check.EFFECTIVE, Code.NOT_EFFECTIVE_YET, "given just now", "It was given just now.", "Wait.");
        assertThat(of(Optional.of(AccessSamples.GIVEN), Optional.empty(), Way.ROLE, open, fresh))
                .isEqualTo("aks-shop can pull from acrshop, as anybody can");
        assertThat(of(Optional.of(AccessSamples.GIVEN), Optional.empty(), Way.ROLE, open))
                .isEqualTo("aks-shop can pull from acrshop, by the role AcrPull");
    }

    @Test
    void secretForSomeRepositoriesHasNoCondition() {
        Finding some = Finding.noted(Check.CREDENTIAL, Code.ONLY_SOME_REPOSITORIES, "for team/*", "For team/* alone.");
        assertThat(summary(Optional.empty(), Way.SECRET, some, WORKING))
                .isEqualTo(
                        "It depends on the repository whether aks-shop can pull from acrshop: only some repositories");
    }

    private static Finding fails(Check check, Code code) {
        return Finding.fails(check, code, "seen", "It is so.", "az x");
    }

    private static String summary(Optional<String> image, Way way, Finding... findings) {
        return of(Optional.empty(), image, way, findings);
    }

    private static String of(Optional<PullRight.Given> given, Optional<String> image, Way way, Finding... findings) {
        return new AccessSummary(
                        new Verified(
                                new Pairing(Samples.CLUSTER, Samples.REGISTRY),
                                Verdict.of(
                                        Stream.concat(Stream.of(findings), Stream.of(NO_ROLE))
                                                .toList(),
                                        way,
                                        Optional.empty()),
                                Optional.of(Samples.registry()),
                                given,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        image.map(ImageReference::parse))
                .sentence();
    }
}
