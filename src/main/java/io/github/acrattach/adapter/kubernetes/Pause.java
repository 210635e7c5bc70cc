package io.github.acrattach.adapter.kubernetes;

import java.time.Duration;

/** Waits on a worker's thread. */
final class Pause {

    private Pause() {}

    /** Whether the time has passed; not when the program stops. */
    static boolean of(Duration time) {
        try {
            Thread.sleep(time.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
