package io.github.acrattach.domain.access;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.PullCredential;
import io.github.acrattach.domain.SecretFacts;
import io.github.acrattach.domain.SecretProblems;

/** How a finding calls the credential of a pull secret, and the commands that mend it. */
record CredentialInWords(SecretFacts facts) {

    String what() {
        return "the " + kind() + " " + facts.key().name();
    }

    String kind() {
        return facts.key().kind() == CredentialKind.ACR_TOKEN ? "ACR token" : "application";
    }

    String attach() {
        return SecretProblems.attach(facts.key().pairing());
    }

    /** A token is enabled by attaching, too; whoever disabled a sign-in has to say so himself. */
    String enable(PullCredential credential) {
        return credential
                .principal()
                .map(principal -> "az ad sp update --id \"" + principal + "\" --set accountEnabled=true")
                .orElseGet(() -> "az acr token update" + token()
                        + " --status enabled   (or attach again, which does it: " + attach() + ")");
    }

    /** @param what that shows, and what attaching again does about it */
    String scopeMap(String what) {
        return "az acr scope-map show" + token() + " --query actions   (" + what + ": " + attach() + ")";
    }

    private String token() {
        ArmId registry = facts.registry().id();
        return " --registry \"" + registry.name() + "\" --name \"" + facts.key().name() + "\" --resource-group \""
                + registry.resourceGroup() + "\" --subscription \"" + registry.subscription() + '"';
    }
}
