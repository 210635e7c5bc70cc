package io.github.acrattach.adapter.azure;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * The host and port that an https URL leads to (RFC 6454): where a password or a token goes that is sent there. Two
 * spellings of one host, such as a name with a dot at its end, are two origins: a credential is rather not sent.
 */
public record HttpsOrigin(String host, int port) {

    private static final int DEFAULT_PORT = 443;

    /** Empty where the URL is not one of https, has no host, or names a user, behind whom the host is easily overlooked. */
    public static Optional<HttpsOrigin> of(URI url) {
        if (!"https".equalsIgnoreCase(url.getScheme()) || url.getHost() == null || url.getRawUserInfo() != null) {
            return Optional.empty();
        }
        return Optional.of(new HttpsOrigin(
                url.getHost().toLowerCase(Locale.ROOT), url.getPort() == -1 ? DEFAULT_PORT : url.getPort()));
    }

    /** Of a host name, or of host and port; empty where the text is neither. */
    public static Optional<HttpsOrigin> ofHost(String host) {
        try {
            URI url = new URI("https://" + host);
            return host.equals(url.getRawAuthority()) ? of(url) : Optional.empty();
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }
}
