package io.github.acrattach.adapter.azure;

/**
 * HTTP statuses that can be others soon (RFC 9110, section 15, and RFC 6585). Not among them: 501 and 505, which say what a
 * server cannot do, and 511, by which a network asks for a login.
 */
public final class TransientStatus {

    private TransientStatus() {}

    public static boolean is(int status) {
        return status == 408 || status == 429 || status >= 500 && status != 501 && status != 505 && status != 511;
    }
}
