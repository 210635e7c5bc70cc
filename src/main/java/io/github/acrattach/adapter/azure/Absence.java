package io.github.acrattach.adapter.azure;

import io.github.acrattach.adapter.azure.Answers.Refusal;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.OutsideText;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.port.CloudUnavailable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a 404 proves. Things are removed because a cluster or registry is gone, so only ARM's own word for that very one
 * counts: a 404 can also be about something else, or come from whatever stands in between.
 */
public final class Absence {

    // The Resource 'Microsoft.ContainerRegistry/registries/r' under resource group 'g' was not found. ...
    private static final Pattern RESOURCE =
            Pattern.compile("Resource '([^']+)' under resource group '([^']+)' was not found");

    // Resource group 'g' could not be found.
    private static final Pattern GROUP = Pattern.compile("Resource group '([^']+)' could not be found");

    private Absence() {}

    /**
     * Whether Azure says that there is no such thing. That a subscription is not found says nothing of what is in it: it is
     * so for whoever is signed in to another tenant.
     */
    static boolean isTold(Refusal refusal) {
        return refusal.status() == 404 && !refusal.isCode("SubscriptionNotFound");
    }

    /** Whether ARM itself says that this resource, or its resource group, does not exist. */
    public static boolean isOf(ArmId resource, Refusal refusal) {
        if (!isTold(refusal)) {
            return false;
        }
        if (refusal.isCode("ResourceGroupNotFound")) {
            Matcher group = GROUP.matcher(refusal.message());
            return group.find() && resource.isSpelt(id(resource, group.group(1), typeAndName(resource)));
        }
        Matcher named = RESOURCE.matcher(refusal.message());
        return refusal.isCode("ResourceNotFound")
                && named.find()
                && resource.isSpelt(id(resource, named.group(2), named.group(1)));
    }

    /** What is thrown on a 404 that does not prove that the resource is gone. */
    static CloudUnavailable doubtful(ArmId resource, Refusal refusal) {
        Problem told = refusal.problem();
        return new CloudUnavailable(
                new Problem(
                        Problem.Kind.UNAVAILABLE,
                        "Azure answered 404 " + OutsideText.word(refusal.code()) + ", which does not prove that "
                                + resource.name() + " is gone, so it is not taken for gone: "
                                + OutsideText.line(refusal.message()),
                        told.action(),
                        told.scope(),
                        told.caller(),
                        Problem.WAITING_HELPS),
                Optional.empty());
    }

    private static String typeAndName(ArmId resource) {
        return resource.type() + '/' + resource.name();
    }

    private static String id(ArmId inSubscriptionOf, String group, String typeAndName) {
        return "/subscriptions/" + inSubscriptionOf.subscription() + "/resourceGroups/" + group + "/providers/"
                + typeAndName;
    }
}
