package io.github.acrattach.adapter.acr;

import com.azure.resourcemanager.containerregistry.fluent.models.ScopeMapInner;
import com.azure.resourcemanager.containerregistry.fluent.models.TokenInner;
import com.azure.resourcemanager.containerregistry.models.ProvisioningState;
import com.azure.resourcemanager.containerregistry.models.TokenStatus;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.PullCredential;
import io.github.acrattach.domain.PullCredential.Flaw;
import io.github.acrattach.domain.PullSecretTerms;
import java.util.List;
import java.util.Optional;

/** What stands at a registry under the name of a credential. */
record RegistryCredential(CredentialKey key, Optional<TokenInner> token, Optional<ScopeMapInner> scopeMap) {

    /** That it is somebody else's, if it is. */
    Optional<Problem> foreign() {
        if (scopeMap.isPresent()) {
            return Label.clusterIn(scopeMap.get().description())
                            .filter(key.pairing().cluster()::equals)
                            .isPresent()
                    ? Optional.empty()
                    : Optional.of(foreign("scope map", "az acr scope-map show"));
        }
        return token.isPresent() && !usesOurScopeMap(token.get())
                ? Optional.of(foreign("token", "az acr token show"))
                : Optional.empty();
    }

    private Problem foreign(String what, String command) {
        ArmId registry = key.pairing().registry();
        return Problem.of(
                Kind.REJECTED,
                "The registry " + registry.name() + " has a " + what + " named " + key.name()
                        + ", which this program did not make, or somebody has changed what it says about itself. It was"
                        + " not touched.",
                registry,
                command + " --registry \"" + registry.name() + "\" --name \"" + key.name() + "\" --resource-group \""
                        + registry.resourceGroup() + "\" --subscription \"" + registry.subscription()
                        + "\"   (whose it is. Something may sign in with it: the registry's log"
                        + " ContainerRegistryLoginEvents tells. When nothing does, take it away, and attach again; until then a"
                        + " rule with SECRET_CREDENTIAL=service-principal needs no token)");
    }

    boolean mapComplete(PullSecretTerms terms) {
        return scopeMap.filter(
                        map -> done(map.provisioningState()) && PullActions.same(map.actions(), terms.repositories()))
                .isPresent();
    }

    boolean tokenComplete() {
        return token.filter(each -> done(each.provisioningState())
                        && TokenStatus.ENABLED.equals(each.status())
                        && usesOurScopeMap(each))
                .isPresent();
    }

    /** In the domain's words; there is a token. */
    PullCredential credential(PullSecretTerms terms) {
        TokenInner present = token.orElseThrow();
        return new PullCredential(
                key, key.name(), present.id(), Optional.empty(), flaw(present, terms), Slots.passwords(present));
    }

    private Optional<Flaw> flaw(TokenInner present, PullSecretTerms terms) {
        if (mapComplete(terms) && tokenComplete()) {
            return Optional.empty();
        }
        if (TokenStatus.DISABLED.equals(present.status())) {
            return Optional.of(Flaw.DISABLED);
        }
        List<String> actions = scopeMap.filter(map -> usesOurScopeMap(present))
                .map(ScopeMapInner::actions)
                .orElseGet(List::of);
        if (!PullActions.pull(actions)) {
            return Optional.of(Flaw.WITHOUT_RIGHT);
        }
        return Optional.of(PullActions.same(actions, terms.repositories()) ? Flaw.UNFINISHED : Flaw.OTHER_REPOSITORIES);
    }

    static String scopeMapId(CredentialKey key) {
        return key.pairing().registry() + "/scopeMaps/" + key.name();
    }

    private boolean usesOurScopeMap(TokenInner each) {
        return scopeMapId(key).equalsIgnoreCase(each.scopeMapId());
    }

    private static boolean done(ProvisioningState state) {
        return ProvisioningState.SUCCEEDED.equals(state);
    }
}
