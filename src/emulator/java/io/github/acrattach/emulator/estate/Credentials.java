package io.github.acrattach.emulator.estate;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The passwords and the keys of an application, or of a service principal by itself: each of them signs in as both. */
public record Credentials(List<Password> passwords, List<KeyCredential> keys) {
    public static final Credentials NONE = new Credentials(List.of(), List.of());

    public static Credentials of(List<Password> passwords) {
        return new Credentials(passwords, List.of());
    }

    public Credentials and(Credentials more) {
        return new Credentials(joined(passwords, more.passwords), joined(keys, more.keys));
    }

    /** The same, whose passwords all end at one time. */
    public Credentials endingAt(Instant end) {
        return new Credentials(
                passwords.stream().map(password -> password.endingAt(end)).toList(), keys);
    }

    public Credentials withoutPassword(String keyId) {
        return new Credentials(
                passwords.stream()
                        .filter(password -> !password.keyId().equalsIgnoreCase(keyId))
                        .toList(),
                keys);
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
