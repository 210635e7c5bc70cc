package io.github.acrattach.trigger;

import io.github.acrattach.domain.FunctionApp;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Refuses a misspelt or empty environment variable of this program, a switch that is neither on nor off, and a text in
 * whose place another should stand. A rule that has lost a criterion that way would select more than was meant, and nobody
 * else tells: for environment variables, the configuration library cannot know which ones are meant for it.
 */
public final class SettingNames {

    private static final String PREFIX = "ACR_ATTACH_";
    private static final Pattern KNOWN = Pattern.compile(PREFIX
            + "(AZURE_(CLOUD|CREDENTIAL|TENANT_ID|CLIENT_ID|CLIENT_SECRET|FEDERATED_TOKEN_FILE|TRUSTED_CERTIFICATES"
            + "|ENDPOINTS_(AUTHORITY|RESOURCE_MANAGER|GRAPH|REGISTRY))"
            + "|KUBERNETES_(ADMIN_CREDENTIAL|RUN_COMMAND|RUN_COMMAND_ENTRA_CLUSTERS)"
            + "|LOG_FORMAT|RULES_[A-Z][A-Z0-9]*_(METHOD|JOIN_ON_TAGS|EXCLUDED_PAIRS"
            + "|SECRET_(CREDENTIAL|REPOSITORIES|NAMESPACES|EXCLUDED_NAMESPACES|NAMESPACE_LABELS|SERVICE_ACCOUNTS"
            + "|LIFETIME|RENEW_AFTER)"
            + "|(CLUSTERS|REGISTRIES)_(SUBSCRIPTIONS|RESOURCE_GROUPS|NAMES|TAGS|EXCLUDED_NAMES|EXCLUDED_TAGS)))");

    /** What is none of the two would be taken for false. */
    private static final Pattern SWITCH = Pattern.compile(PREFIX + "KUBERNETES_(ADMIN_CREDENTIAL|RUN_COMMAND)");

    /** Those that the program, or a library of it, reads. */
    private static final Pattern READ = Pattern.compile("(ACR_ATTACH|AZURE|IDENTITY|QUARKUS)_.*");

    /** What Kubernetes tells each pod of a Service beside it: this program's own, if that is what it is called. */
    private static final Pattern OF_A_SERVICE = Pattern.compile(PREFIX
            + "([A-Z0-9_]+_)?(SERVICE_(HOST|PORT(_[A-Z0-9_]+)?)|PORT(_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)");

    private SettingNames() {}

    /**
     * Checks the environment, before anything reads a setting.
     *
     * @throws ConfigurationException for the first variable that cannot be meant; the message names it
     */
    public static void check(Map<String, String> environment) {
        FunctionApp app = FunctionApp.in(environment);
        environment.forEach((name, value) -> {
            if (READ.matcher(name).matches()) {
                UnresolvedText.in(name, value, app).ifPresent(why -> {
                    throw new ConfigurationException(why);
                });
            }
        });
        environment.forEach((name, value) -> {
            if (OF_A_SERVICE.matcher(name).matches()) {
                return;
            }
            String written = name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
            if (written.startsWith(PREFIX) && !written.equals(name)) {
                throw new ConfigurationException("There is no setting " + name
                        + ". A setting is written in upper case and with underscores: " + written + ".");
            }
            if (name.startsWith(PREFIX) && !KNOWN.matcher(name).matches()) {
                throw new ConfigurationException("There is no setting " + name + ". A rule's name begins with a letter"
                        + " and holds letters and digits; docs/configuration.md lists the settings.");
            }
            if (name.startsWith(PREFIX) && value.replace(",", "").isBlank()) {
                throw new ConfigurationException("The setting " + name + " is empty; leave it out if it is not meant.");
            }
            if (SWITCH.matcher(name).matches() && !List.of("true", "false").contains(value)) {
                throw new ConfigurationException(
                        "The setting " + name + " is \"" + value + "\"; it can be true or false.");
            }
        });
    }
}
