package io.github.acrattach.usecase;

import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Exclusions;
import io.github.acrattach.domain.NamespaceSelector;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.PairingRule;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Selector;
import io.github.acrattach.domain.ServiceAccountPatterns;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The pairing rules as they are set; none are set by default, so that nothing is attached by default. */
@ConfigMapping(prefix = "acr-attach")
interface PairingSettings {

    /** The rules by name; they are asked in the order of their names. */
    Map<String, Rule> rules();

    /** One rule: which clusters pull from which registries. */
    interface Rule {

        /** The clusters that the rule is for. */
        Side clusters();

        /** The registries that they pull from. */
        Side registries();

        /** Tags that cluster and registry must both carry with the same value. */
        @WithName("join-on-tags")
        Optional<List<String>> joinOnTags();

        /** By which way the clusters are let in. */
        @WithDefault("role")
        PairingRule.Method method();

        /** How a pull secret is made, where one is. */
        SecretSettings secret();

        /** Pairs that the rule leaves out, as {@code cluster/registry}. */
        @WithName("excluded-pairs")
        Optional<List<String>> excludedPairs();
    }

    /** See {@link PullSecretTerms}. */
    interface SecretSettings {

        /** What it is made of. */
        @WithDefault("acr-token")
        CredentialKind credential();

        /** Patterns of repositories that may be pulled. */
        @WithDefault("*")
        List<String> repositories();

        /** Patterns of namespaces that get it; left out: every one but those of the system. */
        Optional<List<String>> namespaces();

        /** Patterns of namespaces that do not. */
        @WithName("excluded-namespaces")
        Optional<List<String>> excludedNamespaces();

        /** Labels that a namespace must carry, as {@code name=pattern}. */
        @WithName("namespace-labels")
        Optional<List<String>> namespaceLabels();

        /** Patterns of service accounts that refer to it; left out: none. */
        @WithName("service-accounts")
        Optional<List<String>> serviceAccounts();

        /** How long a password is valid. */
        @WithDefault("90D")
        Duration lifetime();

        /** The share of its lifetime after which it is replaced. */
        @WithName("renew-after")
        @WithDefault("0.66")
        double renewAfter();
    }

    /** What selects the resources of one side; see {@link Selector#of}. */
    interface Side {

        /** Subscription ids; left out, the subscription of the other side. */
        Optional<List<String>> subscriptions();

        /** Patterns of resource group names. */
        Optional<List<String>> resourceGroups();

        /** Patterns of resource names. */
        Optional<List<String>> names();

        /** Tags as {@code name=pattern}. */
        Optional<List<String>> tags();

        /** Patterns of names that are left out. */
        @WithName("excluded-names")
        Optional<List<String>> excludedNames();

        /** Tags as {@code name=pattern}; what carries any of them is left out. */
        @WithName("excluded-tags")
        Optional<List<String>> excludedTags();
    }

    /**
     * The policy that the settings describe.
     *
     * @throws ConfigurationException when a rule cannot be read; the message names the setting and the reason
     */
    default PairingPolicy policy() {
        return new PairingPolicy(new TreeMap<>(rules())
                .entrySet().stream()
                        .map(each -> rule(each.getKey(), each.getValue()))
                        .toList());
    }

    private static PairingRule rule(String name, Rule rule) {
        return new PairingRule(
                name,
                selector("acr-attach.rules." + name + ".clusters", rule.clusters()),
                selector("acr-attach.rules." + name + ".registries", rule.registries()),
                stripped(rule.joinOnTags().orElse(List.of())),
                rule.method(),
                terms("acr-attach.rules." + name + ".secret", rule.secret()),
                exclusions("acr-attach.rules." + name, rule));
    }

    private static Exclusions exclusions(String setting, Rule rule) {
        Exclusions.Side clusters = excluded(setting + ".clusters.excluded-tags", rule.clusters());
        Exclusions.Side registries = excluded(setting + ".registries.excluded-tags", rule.registries());
        try {
            return Exclusions.of(clusters, registries, rule.excludedPairs().orElse(List.of()));
        } catch (IllegalArgumentException e) {
            throw refused(setting + ".excluded-pairs", e);
        }
    }

    private static Exclusions.Side excluded(String setting, Side side) {
        try {
            return Exclusions.Side.of(
                    side.excludedNames().orElse(List.of()), side.excludedTags().orElse(List.of()));
        } catch (IllegalArgumentException e) {
            throw refused(setting, e);
        }
    }

    private static PullSecretTerms terms(String setting, SecretSettings secret) {
        try {
            return new PullSecretTerms(
                    secret.credential(),
                    stripped(secret.repositories()),
                    NamespaceSelector.of(
                            secret.namespaces().orElse(List.of()),
                            secret.excludedNamespaces().orElse(List.of()),
                            secret.namespaceLabels().orElse(List.of())),
                    serviceAccounts(setting + ".service-accounts", secret),
                    secret.lifetime(),
                    secret.renewAfter());
        } catch (IllegalArgumentException e) {
            throw refused(setting, e);
        }
    }

    private static ServiceAccountPatterns serviceAccounts(String setting, SecretSettings secret) {
        try {
            return ServiceAccountPatterns.of(secret.serviceAccounts().orElse(List.of()));
        } catch (IllegalArgumentException e) {
            throw refused(setting, e);
        }
    }

    private static List<String> stripped(List<String> texts) {
        return texts.stream().map(String::strip).toList();
    }

    private static Selector selector(String setting, Side side) {
        try {
            return Selector.of(
                    side.subscriptions().orElse(List.of()),
                    side.resourceGroups().orElse(List.of()),
                    side.names().orElse(List.of()),
                    side.tags().orElse(List.of()));
        } catch (IllegalArgumentException e) {
            throw refused(setting, e);
        }
    }

    /** Without its cause: a start that fails for a setting prints the innermost message and nothing else. */
    private static ConfigurationException refused(String setting, IllegalArgumentException e) {
        return new ConfigurationException("The setting " + setting + " " + e.getMessage() + ".");
    }
}
