package io.github.acrattach.port;

import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Permission;
import io.github.acrattach.domain.installation.OwnGrant;
import java.util.List;

/** What this program may do in Azure, as Azure says. */
public interface Permissions {

    /** What it may do at a scope; deny assignments and conditions are not told. */
    Lookup<List<Permission>> at(String scope);

    /** The roles that a principal holds at a scope, above it and below it. */
    Lookup<List<OwnGrant>> grants(String principal, String scope);
}
