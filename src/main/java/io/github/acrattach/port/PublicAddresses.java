package io.github.acrattach.port;

import io.github.acrattach.domain.AddressRange;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Lookup;
import java.util.List;

/** The public addresses by which clusters leave their networks. */
public interface PublicAddresses {

    /** What stands behind each of these ids; what is gone, or has no address yet, is left out. */
    Lookup<List<AddressRange>> of(List<ArmId> ids);
}
