package io.github.acrattach.domain;

import java.util.List;

/**
 * A credential that was made, or completed, just now.
 *
 * @param leftAlone what stands under its name and is not this program's, or not any more: why, and how to remove it
 */
public record MadeCredential(PullCredential credential, List<Problem> leftAlone) {

    public MadeCredential {
        leftAlone = List.copyOf(leftAlone);
    }

    /** With nothing in its way. */
    public static MadeCredential of(PullCredential credential) {
        return new MadeCredential(credential, List.of());
    }
}
