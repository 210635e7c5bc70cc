package io.github.acrattach.port;

import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Registry;
import java.util.List;

/** The hosts under which single regions of a registry answer, beside the one that stands for all of them. */
public interface RegionalEndpoints {

    /** Those of a registry that may have some, as ARM shows them; none while they are disabled. */
    Lookup<List<String>> of(Registry registry);
}
