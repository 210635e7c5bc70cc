package io.github.acrattach.emulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the control API may do to the emulator as a whole. */
public interface World {
    /** What exists now, without anybody's secrets. */
    ObjectNode describe();

    /** Back to the loaded estate. */
    void reset();
}
