package io.github.acrattach.usecase;

import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Exclusions;
import io.github.acrattach.domain.NamespaceSelector;
import io.github.acrattach.domain.Naming;
import io.github.acrattach.domain.OutsideText;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** The pairing rules as they are set; none are set by default, so that nothing is attached by default. */
@ConfigMapping(prefix = "acr-attach")
interface PairingSettings {

    /** Nothing is given. */
    List<String> NONE = List.of();

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

        /** How long a password is valid; see {@link RenewalTime#lifetime}. */
        @WithDefault("90D")
        String lifetime();

        /** The share of its lifetime after which it is replaced; see {@link RenewalTime#share}. */
        @WithName("renew-after")
        @WithDefault("0.66")
        String renewAfter();
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
        String setting = "acr-attach.rules." + name;
        List<String> tags = rule.joinOnTags().orElse(List.of());
        read(
                setting + ".join-on-tags",
                () -> tags.stream().map(PairingSettings::joined).toList());
        return new PairingRule(
                name,
                selector(setting + ".clusters", rule.clusters(), Naming.CLUSTER),
                selector(setting + ".registries", rule.registries(), Naming.REGISTRY),
                tags,
                rule.method(),
                terms(setting + ".secret", rule.secret()),
                exclusions(setting, rule));
    }

    private static String joined(String tag) {
        if (tag.indexOf('=') >= 0) {
            throw new IllegalArgumentException(
                    "has '" + OutsideText.line(tag.strip()) + "'; both sides have to carry the tag"
                            + " with the same value, so it is named without one, and what carries one value is selected by ..._TAGS");
        }
        return Naming.TAG.pattern(tag);
    }

    private static Exclusions exclusions(String setting, Rule rule) {
        Exclusions.Side clusters = excluded(setting + ".clusters", rule.clusters(), Naming.CLUSTER);
        Exclusions.Side registries = excluded(setting + ".registries", rule.registries(), Naming.REGISTRY);
        List<String> pairs = rule.excludedPairs().orElse(NONE);
        return read(setting + ".excluded-pairs", () -> Exclusions.of(clusters, registries, pairs)
                .of(
                        rule.clusters().names().orElse(NONE),
                        rule.registries().names().orElse(NONE)));
    }

    private static Exclusions.Side excluded(String setting, Side side, Naming naming) {
        List<String> names = side.excludedNames().orElse(NONE);
        List<String> tags = side.excludedTags().orElse(NONE);
        read(setting + ".excluded-names", () -> Exclusions.Side.of(naming, names, NONE)
                .of(side.names().orElse(NONE)));
        return read(setting + ".excluded-tags", () -> Exclusions.Side.of(naming, names, tags));
    }

    private static PullSecretTerms terms(String setting, SecretSettings secret) {
        double share = read(setting + ".renew-after", () -> RenewalTime.share(secret.renewAfter()));
        Duration lifetime = read(setting + ".lifetime", () -> {
            Duration time = RenewalTime.lifetime(secret.lifetime());
            RenewalTime.check(secret.lifetime(), time, share);
            return time;
        });
        return read(
                setting,
                () -> new PullSecretTerms(
                        secret.credential(),
                        read(setting + ".repositories", () -> secret.repositories().stream()
                                .map(Naming.REPOSITORY::pattern)
                                .toList()),
                        namespaces(setting, secret),
                        read(
                                setting + ".service-accounts",
                                () -> ServiceAccountPatterns.of(
                                        secret.serviceAccounts().orElse(List.of()))),
                        lifetime,
                        share));
    }

    private static NamespaceSelector namespaces(String setting, SecretSettings secret) {
        List<String> names = secret.namespaces().orElse(List.of());
        List<String> excluded = secret.excludedNamespaces().orElse(List.of());
        List<String> labels = secret.namespaceLabels().orElse(List.of());
        read(setting + ".namespaces", () -> NamespaceSelector.of(names, NONE, NONE));
        read(setting + ".namespace-labels", () -> NamespaceSelector.of(NONE, NONE, labels));
        return read(setting + ".excluded-namespaces", () -> NamespaceSelector.of(names, excluded, labels));
    }

    private static Selector selector(String setting, Side side, Naming naming) {
        List<String> subscriptions = side.subscriptions().orElse(NONE);
        List<String> groups = side.resourceGroups().orElse(NONE);
        List<String> names = side.names().orElse(NONE);
        List<String> tags = side.tags().orElse(NONE);
        // Each for itself, so that the message can name the setting.
        readAny(setting + ".subscriptions", subscriptions, each -> Selector.of(each, NONE, NONE, NONE));
        readAny(setting + ".resource-groups", groups, each -> Selector.of(NONE, each, NONE, NONE));
        readAny(setting + ".names", names, each -> Selector.of(NONE, NONE, each, NONE)
                .of(naming));
        readAny(setting + ".tags", tags, each -> Selector.of(NONE, NONE, NONE, each));
        return read(setting, () -> Selector.of(subscriptions, groups, names, tags));
    }

    private static void readAny(String setting, List<String> texts, Function<List<String>, Selector> reader) {
        if (!texts.isEmpty()) {
            read(setting, () -> reader.apply(texts));
        }
    }

    /** Without the cause: a start that fails for a setting prints the innermost message and nothing else. */
    private static <T> T read(String setting, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("The setting "
                    + setting.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT) + " " + e.getMessage() + ".");
        }
    }
}
