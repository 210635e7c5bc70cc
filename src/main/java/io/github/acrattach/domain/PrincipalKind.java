package io.github.acrattach.domain;

import java.util.Locale;

/** What a role was assigned to, by ARM's {@code principalType}. */
public enum PrincipalKind {
    /** A service principal, which managed identities are too. */
    SERVICE_PRINCIPAL,
    /** A group: whoever is in it holds the role, too. */
    GROUP,
    /** A person, a device, or something that the directory has no more. */
    OTHER;

    /** Reads what ARM says; it has more kinds of groups than one. */
    public static PrincipalKind of(String text) {
        String kind = text == null ? "" : text.toLowerCase(Locale.ROOT);
        if (kind.equals("serviceprincipal")) {
            return SERVICE_PRINCIPAL;
        }
        return kind.endsWith("group") ? GROUP : OTHER;
    }
}
