package io.github.acrattach.adapter.acr;

import com.azure.core.http.HttpHeaderName;
import io.github.acrattach.adapter.azure.HttpsOrigin;
import io.github.acrattach.adapter.azure.Reply;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a registry sends its clients for tokens; wire: distribution.github.io/distribution/spec/auth/token. */
record Challenge(URI realm, String service) {

    private static final String SCHEME = "bearer ";
    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z]+)=\"([^\"]*)\"");

    /**
     * Empty when it is none, or leads away from the registry: the password goes to nobody else.
     *
     * @param registry where the registry answers
     * @param loginServer what it calls itself, for its tokens are for it alone
     */
    static Optional<Challenge> in(Reply reply, URI registry, String loginServer) {
        String header = reply.headers().getValue(HttpHeaderName.WWW_AUTHENTICATE);
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(header);
        while (matcher.find()) {
            parameters.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2));
        }
        return uri(parameters.getOrDefault("realm", ""))
                .filter(realm -> isAt(realm, registry))
                .filter(realm -> loginServer.equalsIgnoreCase(parameters.get("service")))
                .map(realm -> new Challenge(realm, loginServer));
    }

    /** Where to ask for a token that pulls from all of the repositories. */
    String ask(List<String> repositories) {
        StringBuilder url =
                new StringBuilder(realm.toString()).append("?service=").append(encoded(service));
        repositories.forEach(name -> url.append("&scope=").append(encoded("repository:" + name + ":pull")));
        return url.toString();
    }

    /** At another port somebody else may listen; a query of its own could ask for more than is meant. */
    private static boolean isAt(URI realm, URI registry) {
        Optional<HttpsOrigin> origin = HttpsOrigin.of(realm);
        return origin.isPresent()
                && origin.equals(HttpsOrigin.of(registry))
                && realm.getRawQuery() == null
                && realm.getRawFragment() == null;
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
