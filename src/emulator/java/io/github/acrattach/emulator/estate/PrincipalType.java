package io.github.acrattach.emulator.estate;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of principal a role assignment can name. */
public enum PrincipalType {
    ServicePrincipal,
    User,
    Group;

    public static Optional<PrincipalType> named(String name) {
        return Arrays.stream(values())
                .filter(type -> type.name().equalsIgnoreCase(name))
                .findFirst();
    }
}
