package io.github.acrattach.usecase;

import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.usecase.TakeStock.Assigned;
import io.github.acrattach.usecase.TakeStock.Stock;
import io.github.acrattach.usecase.WithdrawFormerGrants.Withdrawn;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Brings everything to where the rules want it: attaches each pair that a rule makes and, if asked to, takes back what
 * this program made for pairs that no rule makes any more. What was granted to identities that a cluster has no more is
 * taken back in any case.
 */
@Singleton
public record ReconcileAll(
        PairingPolicy policy,
        TakeStock takeStock,
        GatherFacts gatherFacts,
        GrantPullAccess grantPullAccess,
        RevokePullAccess revokePullAccess,
        WithdrawFormerGrants withdrawFormerGrants) {

    /**
     * One outcome for each pair that a rule makes, or that this program once made something for. Never fails for what
     * Azure answers.
     *
     * @param revoke whether to take back what no rule wants; if not, it is told only
     */
    public List<Outcome> reconcile(boolean revoke) {
        return reconcile(revoke, Patience.of(Patience.Limit.MANY));
    }

    List<Outcome> reconcile(boolean revoke, Patience patience) {
        Stock stock = takeStock.of(patience);
        Listing<Assigned> assigned = takeStock.assigned(stock, patience);
        List<Outcome> attached = attached(stock, assigned, revoke, patience.most());
        Withdrawn withdrawn =
                withdrawFormerGrants.among(stock, assigned, WithdrawFormerGrants.lookedAt(attached), patience);
        List<Outcome> taken = taken(leftOvers(stock, assigned.items(), withdrawn.emptied()), revoke, patience);
        return Stream.of(stock.troubles(), attached, withdrawn.outcomes(), taken)
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    private List<Outcome> attached(Stock stock, Listing<Assigned> assigned, boolean revoke, Patience patience) {
        return SideBySide.eachInTurn(stock.ruled(policy).toList(), (Pair pair) -> {
                    Outcome outcome = patience.orPostpone(pair.pairing(), () -> attached(pair, assigned));
                    return revoke ? superseded(pair, outcome, stock, patience) : List.of(outcome);
                })
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    /**
     * The way that the rule once named is taken back, when the one that it names now is proven to do: not where nodes may be
     * unable to sign in with the role, nor where it comes through a group, which somebody may be taken out of.
     */
    private List<Outcome> superseded(Pair pair, Outcome outcome, Stock stock, Patience patience) {
        List<CredentialKey> credentials = stock.credentials().stream()
                .filter(key -> key.pairing().equals(pair.pairing()))
                .toList();
        return outcome instanceof Outcome.AlreadyGranted already
                        && already.notes().isEmpty()
                        && !already.given().isThroughGroup()
                        && !credentials.isEmpty()
                ? List.of(
                        outcome,
                        patience.orPostpone(pair.pairing(), () -> revokePullAccess.revokeSecret(pair.pairing())))
                : revokePullAccess.revokeSuperseded(credentials, outcome, patience);
    }

    private Outcome attached(Pair pair, Listing<Assigned> assigned) {
        return grantPullAccess.grant(pair, takeStock.at(pair.registry(), assigned), Patience.of(Patience.Limit.PAIR));
    }

    /** The pairs that this program made something for, though no rule makes them. */
    private Set<Pairing> leftOvers(Stock stock, List<Assigned> assigned, Set<Pairing> emptied) {
        Set<Pairing> left = new LinkedHashSet<>();
        assigned.stream().flatMap(Assigned::pairs).forEach(left::add);
        left.removeAll(emptied);
        stock.credentials().stream().map(CredentialKey::pairing).forEach(left::add);
        stock.ruled(policy).map(Pair::pairing).forEach(left::remove);
        return left;
    }

    private List<Outcome> taken(Set<Pairing> pairs, boolean revoke, Patience patience) {
        return SideBySide.eachInTurn(
                pairs, (Pairing pairing) -> patience.orPostpone(pairing, () -> taken(pairing, revoke)));
    }

    private Outcome taken(Pairing pairing, boolean revoke) {
        return revoke ? revokePullAccess.revokeUnless(this::kept, pairing) : told(gatherFacts.ofSecret(pairing));
    }

    /** Looked at once more: what could not be listed has not lost its rule, nor has what somebody keeps out of it. */
    private Optional<Outcome> kept(Facts facts) {
        return EnsurePullAccess.rule(policy, facts)
                .<Outcome>map(rule -> new Outcome.Ignored(
                        facts.pairing().cluster() + " and " + facts.pairing().registry()
                                + " are paired by a rule, but could not be listed; they are left as they are."))
                .or(() -> EnsurePullAccess.exclusion(policy, facts)
                        .map(exclusion -> new Outcome.Ignored(exclusion.reason(List.of(facts.pairing())))));
    }

    private Outcome told(Facts facts) {
        Pairing pairing = facts.pairing();
        return facts.untold()
                .<Outcome>map(problem -> new Outcome.Refused(pairing, problem))
                .or(() -> kept(facts))
                .orElseGet(() -> new Outcome.Ignored("No rule pairs " + pairing.cluster() + " with "
                        + pairing.registry() + ", but this program made something for them. Reconcile with"
                        + " \"revoke\": true takes it back."));
    }
}
