package io.github.acrattach.domain;

/** The version of this program, as it was built. */
public record Version(String text) {

    @Override
    public String toString() {
        return "acr-attach " + text;
    }
}
