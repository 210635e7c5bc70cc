package io.github.acrattach.port;

import io.github.acrattach.domain.Proof;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.Secret;
import java.util.List;

/** Tries credentials at the registry itself, as a node does when it pulls. */
public interface RegistryLogins {

    /**
     * What the registry says to a user name and password.
     *
     * @param repositories patterns of what is to be pulled; one without a pattern is asked for by name
     */
    Proof prove(Registry registry, String username, Secret password, List<String> repositories);
}
