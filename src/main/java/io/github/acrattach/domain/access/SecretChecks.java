package io.github.acrattach.domain.access;

import io.github.acrattach.domain.ImageReference;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Proof;
import io.github.acrattach.domain.SecretFacts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What there is to say of a pair's pull secret: its credential, and the namespaces that are to hold it. */
public final class SecretChecks {

    /** As the actions begin that are asked of a cluster, or of Azure about one. */
    private static final String OF_CLUSTERS = "Microsoft.ContainerService/";

    private SecretChecks() {}

    /**
     * Of a pull secret that is wanted, or stands.
     *
     * @param ofFormerId what the registry says to a password that was made while it had another id; empty where none stands
     * @param image what is to be pulled; empty where it is any image of the registry
     */
    public static List<Finding> of(SecretFacts facts, Optional<Proof> ofFormerId, Optional<ImageReference> image) {
        boolean isOfFormerId = ofFormerId
                .filter(proof -> proof.verdict() == Proof.Verdict.PULLS)
                .isPresent();
        return Stream.of(
                        Stream.of(CredentialCheck.of(facts, ofFormerId.filter(proof -> isOfFormerId))),
                        TokenScope.of(facts, image).stream(),
                        NamespacesCheck.of(facts, isOfFormerId, image.map(ImageReference::host)))
                .flatMap(each -> each)
                .toList();
    }

    /** Where no pull secret is looked at: none is wanted and none stands, or the way to it is closed for another reason. */
    public static List<Finding> skipped(String reason) {
        return List.of(Finding.skipped(Check.CREDENTIAL, reason), Finding.skipped(Check.NAMESPACES, reason));
    }

    /** Where Azure, the registry or the cluster gave no answer: it is told of that one, where that is known. */
    public static List<Finding> unanswered(Problem problem) {
        Finding credential = Finding.unknown(Check.CREDENTIAL, Code.CREDENTIAL_NOT_READABLE, problem);
        Finding namespaces = Finding.unknown(Check.NAMESPACES, NamespacesCheck.code(problem), problem);
        return problem.action()
                .map(action -> action.startsWith(OF_CLUSTERS)
                        ? List.of(
                                Finding.skipped(Check.CREDENTIAL, "not judged: the cluster did not answer"), namespaces)
                        : List.of(
                                credential,
                                Finding.skipped(Check.NAMESPACES, "not compared: the credential was not read")))
                .orElseGet(() -> List.of(credential, namespaces));
    }

    /** Where there is no way into the cluster, or to the registry, so that nobody looked. */
    public static List<Finding> closed(Problem problem) {
        return List.of(
                Finding.skipped(Check.CREDENTIAL, "not looked at: " + problem.cause()),
                Finding.unknown(Check.NAMESPACES, NamespacesCheck.code(problem), problem));
    }
}
