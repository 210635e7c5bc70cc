package io.github.acrattach.domain.access;

import static io.github.acrattach.domain.access.Check.CREDENTIAL;

import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.ImageReference;
import io.github.acrattach.domain.PullCredential;
import io.github.acrattach.domain.SecretFacts;
import java.util.Optional;

/** Which repositories a token lets be pulled: those that the rule names, unless somebody changed its scope map. */
final class TokenScope {

    private final SecretFacts facts;
    private final CredentialInWords words;

    private TokenScope(SecretFacts facts) {
        this.facts = facts;
        words = new CredentialInWords(facts);
    }

    /**
     * What it leaves out, where its scope map is as the rule wants it.
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

    /** Where its scope map is not what the rule wants; which repositories it names is not kept. */
    static Finding others(SecretFacts facts) {
        return new TokenScope(facts).others();
    }

    private Finding others() {
        return facts.terms().coversAll()
                ? others(
                        "some",
                        "lets it pull some repositories, and not all of them.",
                        "shows which; attaching again lets it pull all")
                : others(
                        "other",
                        "does not let it pull from just the repositories " + repositories()
                                + ", but from others, or from some of them.",
                        "shows them; attach again to have just those that are wanted");
    }

    private Finding others(String which, String why, String what) {
        String scopeMap = "scope map of " + words.what();
        return Finding.fails(
                CREDENTIAL,
                Code.ONLY_SOME_REPOSITORIES,
                "the " + scopeMap + " names " + which + " repositories",
                "The " + scopeMap + " " + why,
                words.scopeMap(what));
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
