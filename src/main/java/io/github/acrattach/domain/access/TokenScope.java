package io.github.acrattach.domain.access;

import static io.github.acrattach.domain.access.Check.CREDENTIAL;

import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.ImageReference;
import io.github.acrattach.domain.PullCredential;
import io.github.acrattach.domain.SecretFacts;
import java.util.Optional;

/**
 * Which repositories a token lets be pulled: those that the rule names, as its scope map says. The credential is judged by
 * {@link CredentialCheck}, which says so, too, where the scope map names others.
 */
final class TokenScope {

    private final SecretFacts facts;
    private final CredentialInWords words;

    private TokenScope(SecretFacts facts) {
        this.facts = facts;
        words = new CredentialInWords(facts);
    }

    /**
     * What it leaves out.
     *
     * @param image what is to be pulled; empty where it is any image of the registry
     */
    static Optional<Finding> of(SecretFacts facts, Optional<ImageReference> image) {
        boolean isNarrow = facts.key().kind() == CredentialKind.ACR_TOKEN
                && !facts.terms().coversAll()
                && facts.credential()
                        .found()
                        .filter(there -> there.flaw()
                                .filter(PullCredential.Flaw.OTHER_REPOSITORIES::equals)
                                .isEmpty())
                        .isPresent();
        return isNarrow ? new TokenScope(facts).finding(image.map(ImageReference::repository)) : Optional.empty();
    }

    private Optional<Finding> finding(Optional<String> repository) {
        return repository
                .map(name -> facts.terms().covers(name) ? Optional.<Finding>empty() : Optional.of(leavesOut(name)))
                .orElseGet(() -> Optional.of(onlySome()));
    }

    private Finding leavesOut(String repository) {
        return Finding.fails(
                CREDENTIAL,
                Code.REPOSITORY_NOT_COVERED,
                "for the repositories " + repositories(),
                "The pull secret is for the repositories " + repositories() + ", and " + repository
                        + " is none of them: the scope map of " + words.what() + " leaves it out.",
                "Name " + repository + ", too, in ACR_ATTACH_RULES_<NAME>_SECRET_REPOSITORIES, and attach again: "
                        + words.attach());
    }

    private Finding onlySome() {
        return Finding.noted(
                        CREDENTIAL,
                        Code.ONLY_SOME_REPOSITORIES,
                        "for the repositories " + repositories(),
                        "The cluster can pull only the repositories " + repositories() + ": the pull secret is for"
                                + " no others.")
                .fix("Ask for an image, with image=; what is to be pulled beside, name in"
                        + " ACR_ATTACH_RULES_<NAME>_SECRET_REPOSITORIES, and attach again: " + words.attach());
    }

    private String repositories() {
        return String.join(" or ", facts.terms().repositories());
    }
}
