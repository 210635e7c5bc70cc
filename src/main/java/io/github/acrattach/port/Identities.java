package io.github.acrattach.port;

import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.installation.Identity;
import java.util.Set;

/** Who this program is, as Entra ID says. */
public interface Identities {

    /** Denied when it cannot sign in. */
    Lookup<Identity> own();

    /** The application permissions that it holds at Microsoft Graph, by name; absent when its token does not tell. */
    Lookup<Set<String>> directoryPermissions();
}
