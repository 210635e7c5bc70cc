package io.github.acrattach.domain.access;

import static io.github.acrattach.domain.access.Check.NAMESPACES;

import io.github.acrattach.domain.ClusterNamespace;
import io.github.acrattach.domain.References;
import io.github.acrattach.domain.SecretFacts;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which service accounts refer to a pull secret.
 *
 * @param working the namespaces where pods pull with what stands there
 */
record ReferenceFindings(SecretFacts facts, List<ClusterNamespace> working) {

    Stream<Finding> all() {
        return Stream.of(accountsNotReadable(), notReferenced(), ready()).flatMap(each -> each);
    }

    private Stream<Finding> accountsNotReadable() {
        List<ClusterNamespace> these = working.stream()
                .filter(namespace -> namespace.references().isEmpty())
                .toList();
        return these.isEmpty() || facts.terms().serviceAccounts().isEmpty()
                ? Stream.of()
                : Stream.of(Finding.unknown(
                        NAMESPACES,
                        Code.NAMESPACE_NOT_READABLE,
                        "service accounts not readable: " + NameList.ofNamespaces(these),
                        "Which service accounts refer to the pull secret in " + NameList.ofNamespaces(these)
                                + " may not be read by this program.",
                        "kubectl apply --filename docs/kubernetes-role.yaml   (gives it the right to list service accounts; the"
                                + " subject in it is this program's identity)"));
    }

    private Stream<Finding> notReferenced() {
        List<ClusterNamespace> these = working.stream()
                .filter(namespace -> namespace
                        .references()
                        .filter(references -> references.referring().isEmpty()
                                || !references.lacking().isEmpty())
                        .isPresent())
                .toList();
        return these.isEmpty()
                ? Stream.of()
                : Stream.of(Finding.noted(
                                NAMESPACES,
                                Code.SECRET_NOT_REFERENCED,
                                "not referred to: " + accounts(these),
                                "In " + NameList.ofNamespaces(these) + " no service account refers to the secret "
                                        + facts.secretName()
                                        + ", or not all that are to: pods there pull with it only if"
                                        + " they carry imagePullSecrets: [{name: " + facts.secretName() + "}].")
                        .fix("Have the pods carry it; or name the service accounts in"
                                + " ACR_ATTACH_RULES_<NAME>_SECRET_SERVICE_ACCOUNTS, where * means all of them"));
    }

    private Stream<Finding> ready() {
        return working.isEmpty()
                ? Stream.of()
                : Stream.of(Finding.ok(NAMESPACES, "secret " + facts.secretName() + " in " + accounts(working)));
    }

    /** Each with the service accounts that refer to the secret there. */
    private static String accounts(List<ClusterNamespace> namespaces) {
        return NameList.ofTexts(namespaces.stream()
                .map(namespace -> NameList.ofNamespaces(List.of(namespace))
                        + namespace
                                .references()
                                .map(ReferenceFindings::accounts)
                                .orElse(""))
                .toList());
    }

    private static String accounts(References references) {
        return " (by "
                + (references.referring().isEmpty() ? "no service account" : sorted(references.referring()))
                + (references.lacking().isEmpty() ? "" : ", not by " + sorted(references.lacking())) + ")";
    }

    private static String sorted(Set<String> names) {
        return NameList.of(names.stream().sorted().toList());
    }
}
