package io.github.acrattach.concurrent;

import java.util.Map;
import java.util.function.Supplier;

/** The ids of the call that a piece of work belongs to, on whichever thread it is done: lines of the log name them. */
public final class WorkIds {

    private static final ThreadLocal<Map<String, String>> CURRENT = ThreadLocal.withInitial(Map::of);

    private WorkIds() {}

    /** Those of the work that this thread is at; none when it is at none. */
    public static Map<String, String> current() {
        return CURRENT.get();
    }

    /** Does the work with these ids. */
    public static <T> T during(Map<String, String> ids, Supplier<T> work) {
        Map<String, String> before = CURRENT.get();
        CURRENT.set(ids);
        try {
            return work.get();
        } finally {
            CURRENT.set(before);
        }
    }
}
