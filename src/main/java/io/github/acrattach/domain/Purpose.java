package io.github.acrattach.domain;

import java.util.Optional;

/** On whose word a run works on a pair's pull secret, and so what it may make. */
public enum Purpose {
    /** A rule that stands now wants the pull secret: what is missing is made, where the rule names it. */
    RULE,
    /** Somebody who may call this program wants it once: what is missing is made, and no rule asks for it again. */
    REQUEST,
    /** A rule wants it, and it stood when the run was begun: it is renewed, and not made again where it was removed since. */
    RENEWAL,
    /**
     * No rule wants it, but it stands: a password is renewed where it is proven to be in use, as wide as it stands, and
     * nothing else is done.
     */
    UPKEEP;

    /** That of somebody who asks for a pull secret: a rule may want it anyway. */
    public static Purpose of(Optional<PairingRule> rule) {
        return rule.filter(PairingRule::wantsSecret).isPresent() ? RULE : REQUEST;
    }

    /** Whether a credential that is not there is made. */
    boolean makes() {
        return this == RULE || this == REQUEST;
    }

    /** Whether a rule says who is to have it, so that who is not is to have it no more. */
    boolean isOfARule() {
        return this == RULE || this == RENEWAL;
    }

    /** Whether the terms name the places; if not, only what stands is looked at. */
    boolean isToSpread() {
        return this != UPKEEP;
    }
}
