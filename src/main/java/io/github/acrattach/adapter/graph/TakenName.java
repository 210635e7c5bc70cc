package io.github.acrattach.adapter.graph;

import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.Guid;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;

/**
 * A unique name that a credential was to have, and that something keeps which this program leaves alone.
 *
 * @param by what keeps it, and why that is left alone
 * @param fix whose it is, or how the name becomes free
 */
record TakenName(String name, String by, String fix) {

    private static final String FORGOTTEN = "the directory forgets it 30 days after its deletion.";

    /** An application that lives. */
    static TakenName byLiving(String name, Registration living, boolean ours) {
        return new TakenName(
                name,
                ours
                        ? "an application of this program that holds a role which this program cannot prove to have given it"
                        : "an application of somebody else's, or that somebody else has a hand in",
                "az ad app owner list --id \"" + living.clientId()
                        + "\"   (whose it is: something may sign in with it. Nothing needs to be done)");
    }

    /** One that was deleted, and is not known to be this program's alone. */
    static TakenName byDeleted(String name) {
        return new TakenName(
                name,
                "an application that was deleted, and that may be somebody else's who wants it back",
                "Nothing needs to be done; " + FORGOTTEN);
    }

    /** One that was deleted, where this program may not see whose it was. */
    static TakenName byUnreadable(String name, Problem why) {
        return new TakenName(
                name,
                "an application that was deleted, and whose it was this program cannot read without the permission"
                        + " Application.Read.All: " + why.cause(),
                "Nothing needs to be done; " + FORGOTTEN + " To have such a name freed at once: " + why.fix());
    }

    /** One of this program's that was deleted, where the directory refuses to delete it for good. */
    static TakenName byOurs(String name, Registration deleted) {
        return new TakenName(
                name,
                "an application of this program that was deleted, and that the directory refuses to have deleted for good",
                Guid.parse(deleted.objectId())
                                .map(id ->
                                        AzCommand.deleteForGood(id) + "   (as an Application Administrator; otherwise ")
                                .orElse("Nothing needs to be done (")
                        + FORGOTTEN
                        + ')');
    }

    /** What to tell of it, where the credential was given another name. */
    Problem problem(CredentialKey key, String given) {
        return Problem.of(
                Kind.FOREIGN_CREDENTIAL,
                "The name " + name + " is taken by " + by + (by.endsWith(".") ? " It" : ". It")
                        + " was left alone, and the credential has the name " + given + '.',
                key.pairing().registry(),
                fix);
    }
}
