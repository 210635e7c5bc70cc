package io.github.acrattach.emulator.arm;

import io.github.acrattach.emulator.http.Answer;

/** What happens when a route is called by somebody who may. */
@FunctionalInterface
public interface Operation {
    Answer perform(Call call);
}
