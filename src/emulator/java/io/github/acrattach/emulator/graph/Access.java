package io.github.acrattach.emulator.graph;

import static io.github.acrattach.emulator.estate.GraphPermission.APPLICATION_READ_ALL;
import static io.github.acrattach.emulator.estate.GraphPermission.APPLICATION_READ_WRITE_ALL;
import static io.github.acrattach.emulator.estate.GraphPermission.APPLICATION_READ_WRITE_OWNED_BY;

import io.github.acrattach.emulator.estate.Principal;
import java.util.Set;

/** What a caller may write: everything, or only what it owns. */
record Access(Principal caller) {

    void checkCreate() {
        if (!has(true)) {
            throw new GraphRefusal(GraphError.denied());
        }
    }

    void checkChange(Set<String> owners) {
        if (!has(owners.contains(caller.objectId()))) {
            throw new GraphRefusal(GraphError.denied());
        }
    }

    /** Whoever may only write its own may list all that lives, and none of what was deleted. */
    void checkReadDeleted() {
        if (!caller.graphPermissions().contains(APPLICATION_READ_ALL) && !has(false)) {
            throw new GraphRefusal(GraphError.denied());
        }
    }

    private boolean has(boolean owner) {
        return caller.graphPermissions().contains(APPLICATION_READ_WRITE_ALL)
                || owner && caller.graphPermissions().contains(APPLICATION_READ_WRITE_OWNED_BY);
    }
}
