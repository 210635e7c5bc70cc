package io.github.acrattach.adapter.azure;

/** HTTP statuses that can be others soon: RFC 9110, section 15, and 429 of RFC 6585. */
public final class TransientStatus {

    private TransientStatus() {}

    public static boolean is(int status) {
        return status == 408 || status == 429 || status >= 500;
    }
}
