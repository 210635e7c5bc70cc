package io.github.acrattach.domain;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The function app that this program runs in, as far as its host says so; contract:
 * learn.microsoft.com/azure/app-service/reference-app-settings. What it says ends up in commands that people copy, so it
 * is taken only where it is what it says it is.
 *
 * @param name of the app; empty where it is not known
 * @param resourceGroup of the app; empty where it is not known
 */
public record FunctionApp(Optional<String> name, Optional<String> resourceGroup) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,59}");
    private static final Pattern RESOURCE_GROUP = Pattern.compile("[\\p{L}\\p{N}_.()-]{1,90}");

    /** Reads it from the environment that its host gives to this program. */
    public static FunctionApp in(Map<String, String> environment) {
        return new FunctionApp(
                valid(environment.get("WEBSITE_SITE_NAME"), NAME),
                valid(environment.get("WEBSITE_RESOURCE_GROUP"), RESOURCE_GROUP));
    }

    private static Optional<String> valid(String text, Pattern pattern) {
        return Optional.ofNullable(text).filter(each -> pattern.matcher(each).matches());
    }

    /** Which app is meant, for {@code az functionapp}. */
    public String which() {
        return " --name \"" + name.orElse("<function app>") + "\" --resource-group \""
                + resourceGroup.orElse("<its resource group>") + '"';
    }
}
