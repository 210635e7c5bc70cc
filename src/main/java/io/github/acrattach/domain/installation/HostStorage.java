package io.github.acrattach.domain.installation;

/**
 * The storage account of the function app, as its settings name it.
 *
 * @param access how the host gets in
 * @param account its name; empty where it is not told
 * @param blobs the address of its blobs; empty where that is not told
 * @param queues the address of its queues; empty where that is not told
 */
public record HostStorage(Access access, String account, String blobs, String queues) {

    /** No app settings, as on a laptop. */
    public static final HostStorage NONE = new HostStorage(Access.NONE, "", "", "");

    /** How the host gets in. */
    public enum Access {
        /** By the identity of the app. */
        IDENTITY,
        /** By a connection string, which holds a key or a signature. */
        KEY,
        /** Not at all. */
        NONE
    }
}
