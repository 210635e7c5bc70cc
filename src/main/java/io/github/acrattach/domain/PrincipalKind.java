package io.github.acrattach.domain;

import java.util.Locale;

/** What a role was assigned to, by ARM's {@code principalType}. */
public enum PrincipalKind {
    /** A service principal, which managed identities are too. */
    SERVICE_PRINCIPAL,
    /** A group: whoever is in it holds the role, too. */
    GROUP,
    /** Something that the directory has no more. */
    UNKNOWN,
    /** A person or a device. */
    OTHER;

    /** Reads what ARM says; it has more kinds of groups than one. */
    public static PrincipalKind of(String text) {
        String kind = text == null ? "" : text.toLowerCase(Locale.ROOT);
        return switch (kind) {
            case "serviceprincipal" -> SERVICE_PRINCIPAL;
            case "group", "foreigngroup" -> GROUP;
            case "unknown" -> UNKNOWN;
            default -> OTHER;
        };
    }
}
