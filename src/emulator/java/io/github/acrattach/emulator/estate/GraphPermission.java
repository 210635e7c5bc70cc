package io.github.acrattach.emulator.estate;

import java.util.Arrays;

/** An application permission in Graph; meaning: learn.microsoft.com/graph/permissions-reference. */
public enum GraphPermission {
    APPLICATION_READ_ALL("Application.Read.All"),
    APPLICATION_READ_WRITE_OWNED_BY("Application.ReadWrite.OwnedBy"),
    APPLICATION_READ_WRITE_ALL("Application.ReadWrite.All");

    private final String value;

    GraphPermission(String value) {
        this.value = value;
    }

    /** As Graph names it, and the claim roles of a token. */
    public String value() {
        return value;
    }

    static GraphPermission named(String name) {
        return Arrays.stream(values())
                .filter(permission -> permission.value.equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("The emulator knows no permission " + name + " in Graph"));
    }
}
