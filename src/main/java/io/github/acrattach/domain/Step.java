package io.github.acrattach.domain;

import java.util.Optional;

/** What is to be done about a pair, as data: a dry run is to stop here. */
public sealed interface Step {

    /** Nothing: an assignment gives the right already. */
    record Accept(PullGrant grant, RoleAssignment by) implements Step {}

    /** Make the role assignment. */
    record Grant(PullGrant grant) implements Step {}

    /**
     * Let the cluster in by a pull secret.
     *
     * @param instead why not by a role, where that was wanted first
     */
    record Provision(Cluster cluster, Registry registry, Optional<Problem> instead) implements Step {}

    /** Nothing can be done, now or later. */
    record Refuse(Problem problem) implements Step {}

    /** Nothing can be done now; later it can. */
    record Wait(Problem problem) implements Step {}

    /** One of the two is not there, or on its way out. */
    record NotThere(ArmId resource) implements Step {}
}
