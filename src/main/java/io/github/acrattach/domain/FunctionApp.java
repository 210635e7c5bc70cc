package io.github.acrattach.domain;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The app that this program runs in, as far as its host says so, and the commands that change it; contracts:
 * learn.microsoft.com/azure/app-service/reference-app-settings and
 * learn.microsoft.com/azure/container-apps/environment-variables. What the host says ends up in commands that people copy,
 * so it is taken only where it is what it says it is.
 *
 * @param kind which commands are the app's
 * @param name of the app; empty where it is not known
 * @param resourceGroup of the app; empty where it is not known
 * @param revision of a container app; empty where it is not known
 */
public record FunctionApp(Kind kind, Optional<String> name, Optional<String> resourceGroup, Optional<String> revision) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,59}");
    private static final Pattern RESOURCE_GROUP = Pattern.compile("[\\p{L}\\p{N}_.()-]{1,90}");

    /** What az calls such an app. */
    public enum Kind {
        /** Of App Service; those in an environment of Container Apps, too, whose container app is Azure's own. */
        FUNCTION_APP,
        CONTAINER_APP
    }

    /** Reads it from the environment that its host gives to this program. */
    public static FunctionApp in(Map<String, String> environment) {
        if (isContainerApp(environment)) {
            return new FunctionApp(
                    Kind.CONTAINER_APP,
                    valid(environment.get("CONTAINER_APP_NAME"), NAME),
                    Optional.empty(),
                    valid(environment.get("CONTAINER_APP_REVISION"), NAME));
        }
        return new FunctionApp(
                Kind.FUNCTION_APP,
                valid(environment.get("WEBSITE_SITE_NAME"), NAME),
                valid(environment.get("WEBSITE_RESOURCE_GROUP"), RESOURCE_GROUP),
                Optional.empty());
    }

    private static boolean isContainerApp(Map<String, String> environment) {
        return !environment.getOrDefault("CONTAINER_APP_NAME", "").isBlank()
                && environment.getOrDefault("WEBSITE_SITE_NAME", "").isBlank()
                && environment.getOrDefault("WEBSITE_INSTANCE_ID", "").isBlank();
    }

    private static Optional<String> valid(String text, Pattern pattern) {
        return Optional.ofNullable(text).filter(each -> pattern.matcher(each).matches());
    }

    /** As a sentence names it. */
    public String what() {
        return isContainerApp() ? "container app" : "function app";
    }

    private boolean isContainerApp() {
        return kind == Kind.CONTAINER_APP;
    }

    /** Which app is meant, for {@code az functionapp} or {@code az containerapp}. */
    public String which() {
        return " --name \"" + name.orElse("<" + what() + ">") + "\" --resource-group \""
                + resourceGroup.orElse("<its resource group>") + '"';
    }

    /** The command that gives it an identity of its own. */
    public String assignIdentity() {
        return identity("assign") + (isContainerApp() ? " --system-assigned" : "");
    }

    /** The command that gives it a user-assigned identity. */
    public String assignUserIdentity() {
        return identity("assign") + (isContainerApp() ? " --user-assigned" : " --identities")
                + " \"<resource id of the identity>\"";
    }

    /** The command that shows the user-assigned identities that it has. */
    public String showUserIdentities() {
        return identity("show") + " --query userAssignedIdentities";
    }

    private String identity(String verb) {
        return command() + " identity " + verb + which();
    }

    /** The command that takes settings away from it. */
    public String deleteSettings(String names) {
        return isContainerApp()
                ? command() + " update" + which() + " --remove-env-vars " + names
                : command() + " config appsettings delete" + which() + " --setting-names " + names;
    }

    /** The command that starts it again. */
    public String restart() {
        return isContainerApp()
                ? command() + " revision restart" + which() + " --revision \"" + revision.orElse("<its revision>") + '"'
                : command() + " restart" + which();
    }

    private String command() {
        return isContainerApp() ? "az containerapp" : "az functionapp";
    }
}
