package io.github.acrattach.domain.access;

import static io.github.acrattach.domain.access.Check.EFFECTIVE;
import static io.github.acrattach.domain.access.Check.NEAR_MISSES;
import static io.github.acrattach.domain.access.Check.NETWORK;
import static io.github.acrattach.domain.access.Check.OPEN_DOORS;
import static io.github.acrattach.domain.access.Check.RIGHT;
import static io.github.acrattach.domain.access.Check.SIGN_IN;

import io.github.acrattach.domain.AccessPlan;
import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.ImageReference;
import io.github.acrattach.domain.PullGrant;
import io.github.acrattach.domain.PullRight;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.SecretProblems;
import io.github.acrattach.domain.access.Check.Way;
import io.github.acrattach.domain.access.OpenDoorChecks.OwnRight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that is looked at before it is said whether a cluster can pull; the same facts always give the same verdict. */
public final class Checks {

    private final AccessFacts known;
    private final Facts facts;

    private Checks(AccessFacts known) {
        this.known = known;
        this.facts = known.facts();
    }

    /** What follows from all that is known. */
    public static Verdict of(AccessFacts known) {
        return new Checks(known).verdict();
    }

    private Verdict verdict() {
        List<Finding> findings = new ArrayList<>(resources());
        findings.add(PowerChecks.of(facts.cluster()));
        findings.addAll(IdentityChecks.of(
                facts.pairing(), facts.cluster(), known.servicePrincipal(), known.tenants(), known.now()));
        List<Finding> right = right();
        findings.addAll(right);
        findings.addAll(network(ownRight(right)));
        findings.addAll(known.secret());
        return Verdict.of(findings, known.meant(), effectiveBy());
    }

    private List<Finding> resources() {
        return Stream.concat(
                        ResourceChecks.of(facts.pairing(), facts.cluster(), facts.registry(), known.namesakes())
                                .stream(),
                        known.image().map(AccessFacts.Image::finding).stream())
                .toList();
    }

    private List<Finding> right() {
        Optional<Finding> unknownMode = facts.registry()
                .found()
                .filter(registry -> registry.pullRole().isEmpty())
                .map(Checks::unknownMode);
        if (unknownMode.isPresent()) {
            return withoutRight(unknownMode.get(), "which role would do is not known");
        }
        return grant().map(this::right)
                .orElseGet(() -> withoutRight(
                        Finding.skipped(
                                RIGHT,
                                facts.registry().found().isEmpty()
                                        ? "the registry was not read"
                                        : "who pulls is not known"),
                        "whether the right is there is not known"));
    }

    private List<Finding> right(PullGrant grant) {
        List<Finding> findings = new ArrayList<>(new RightCheck(facts, grant, repository()).findings(known.denials()));
        if (has(findings, Code.NO_RIGHT)) {
            findings.addAll(new NearMisses(facts, grant, known.gone(), known.elsewhere()).findings());
        } else {
            findings.add(Finding.skipped(NEAR_MISSES, "no right is known to be missing"));
        }
        if (has(findings, Code.NO_RIGHT) || has(findings, Code.REPOSITORY_NOT_COVERED)) {
            facts.cluster()
                    .found()
                    .flatMap(IdentityChecks::podsMayPullAsThemselves)
                    .ifPresent(findings::add);
        }
        findings.add(effective(findings));
        return findings;
    }

    private Finding effective(List<Finding> right) {
        List<PullRight.Given> giving = giving();
        if (!giving.isEmpty()) {
            return EffectiveCheck.finding(giving, known.now());
        }
        return Finding.skipped(
                EFFECTIVE,
                has(right, Code.NO_RIGHT) || has(right, Code.REPOSITORY_NOT_COVERED)
                        ? "there is no right"
                        : "whether the right is there is not known");
    }

    private static boolean has(List<Finding> findings, Code code) {
        return findings.stream()
                .anyMatch(each -> each.code().filter(code::equals).isPresent());
    }

    private static List<Finding> withoutRight(Finding right, String reason) {
        return List.of(right, Finding.skipped(NEAR_MISSES, reason), Finding.skipped(EFFECTIVE, reason));
    }

    private static Finding unknownMode(Registry registry) {
        return Finding.unknown(RIGHT, Code.UNKNOWN_ROLE_MODE, AccessPlan.unknownMode(registry));
    }

    /** What lets the cluster pull what is asked for. */
    private List<PullRight.Given> giving() {
        Optional<PullRight> right = facts.right();
        if (right.isPresent() && right.get() instanceof PullRight.Held held) {
            return held.all();
        }
        return right.isPresent() && right.get() instanceof PullRight.Narrowed narrowed
                ? narrowed.all().stream()
                        .filter(each -> repository().isEmpty()
                                || each.lets(repository().get()).orElse(false))
                        .toList()
                : List.of();
    }

    private Optional<Instant> effectiveBy() {
        return EffectiveCheck.by(giving());
    }

    private Optional<PullGrant> grant() {
        return facts.principal().found().flatMap(principal -> facts.mode()
                .map(mode ->
                        new PullGrant(facts.pairing().cluster(), facts.pairing().registry(), principal, mode)));
    }

    private Optional<String> repository() {
        return known.image().map(AccessFacts.Image::reference).map(ImageReference::repository);
    }

    /** By which the cluster would pull from a registry that lets in nobody without one. */
    private OwnRight ownRight(List<Finding> right) {
        if (facts.isGranted()) {
            return right.stream()
                            .anyMatch(each ->
                                    each.check() == EFFECTIVE && each.code().isPresent())
                    ? OwnRight.UNKNOWN
                    : OwnRight.HELD;
        }
        if (known.meant() == Way.SECRET) {
            return ofSecret();
        }
        return grant().filter(any -> has(right, Code.NO_RIGHT))
                .map(grant -> OwnRight.givenBy(AzCommand.grantPull(grant)))
                .orElse(OwnRight.UNKNOWN);
    }

    private OwnRight ofSecret() {
        if (isSecret(Finding.State.FAILS)) {
            return OwnRight.givenBy(SecretProblems.attach(facts.pairing()));
        }
        return isSecret(Finding.State.UNKNOWN) || has(known.secret(), Code.ONLY_SOME_REPOSITORIES)
                ? OwnRight.UNKNOWN
                : OwnRight.HELD;
    }

    private boolean isSecret(Finding.State state) {
        return known.secret().stream().anyMatch(each -> each.state() == state);
    }

    private List<Finding> network(OwnRight right) {
        Optional<Cluster> cluster = facts.cluster().found();
        Optional<Registry> registry = facts.registry().found();
        return cluster.isPresent() && registry.isPresent()
                ? NetworkChecks.of(cluster.get(), registry.get(), known.addresses(), right, known.now())
                : Stream.of(NETWORK, SIGN_IN, OPEN_DOORS)
                        .map(check -> Finding.skipped(check, "not both were read"))
                        .toList();
    }
}
