package io.github.acrattach.trigger;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The port that the program listens on. Whoever reaches it needs no key, so it is there for this machine alone: for the
 * Functions host, and for the developer. A browser stands on the machine of the latter, and a web page whose name leads
 * to 127.0.0.1 is of one origin with this port ("DNS rebinding"): it is known by that name.
 *
 * <p>The host calls functions at 127.0.0.1; what people send it, it passes on under the name that they called
 * (azure-functions-host: WorkerConstants.HostName, HttpRequestExtensions.ToHttpRequestMessage), which can be any domain
 * of the app. In Azure there is no browser.
 */
@ApplicationScoped
class LocalPort {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final String FORWARDED = "/api/";

    private static final int BEFORE_ALL_ELSE = Integer.MIN_VALUE;

    private final String listensAt;
    private final boolean inAzure;

    /** The app's name in Azure; the Functions Core Tools set it too, to a name of this machine. */
    LocalPort(
            @ConfigProperty(name = "quarkus.http.host") String listensAt,
            @ConfigProperty(name = "WEBSITE_HOSTNAME") Optional<String> appName) {
        this.listensAt = listensAt;
        this.inAzure = appName.map(name -> HostAndPort.parseAuthority(name, -1))
                .filter(name -> !isThisMachine(name))
                .isPresent();
    }

    void addTo(@Observes Router router) {
        if (!isLoopback(listensAt)) {
            throw new ConfigurationException("The setting quarkus.http.host is \"" + listensAt
                    + "\"; this program asks for no key, and listens at a loopback address alone.");
        }
        router.route().order(BEFORE_ALL_ELSE).handler(this::letIn);
    }

    private void letIn(RoutingContext call) {
        boolean oneName = call.request().headers().getAll(HttpHeaders.HOST).size() < 2;
        if (oneName && (isThisMachine(call.request().authority()) || inAzure && isForwarded(call.normalizedPath()))) {
            call.next();
            return;
        }
        HttpAnswer.problem(
                        421,
                        "Misdirected request",
                        "This port is for this machine alone: call it as localhost or 127.0.0.1. For what the Functions"
                                + " host passes on, the setting WEBSITE_HOSTNAME names the app, as Azure does.")
                .field("Host")
                .send(call.response());
    }

    /** The host compares paths without case, and passes them on as they came. */
    private static boolean isForwarded(String path) {
        return path.regionMatches(true, 0, FORWARDED, 0, FORWARDED.length());
    }

    private static boolean isThisMachine(HostAndPort name) {
        return name != null && THIS_MACHINE.contains(name.host().toLowerCase(Locale.ROOT));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
