package io.github.acrattach.adapter.host;

import io.github.acrattach.domain.FunctionApp;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a function app is called, as App Service tells it in the environment. */
final class AppName {

    private static final int LONGEST_HOST_ID = 32;

    /** Subscription id, plus sign, and where it is hosted. */
    private static final Pattern OWNER = Pattern.compile("(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})[+].*");

    private final Map<String, String> environment;
    private final FunctionApp app;

    private AppName(Map<String, String> environment) {
        this.environment = environment;
        app = FunctionApp.in(environment);
    }

    static AppName in(Map<String, String> environment) {
        return new AppName(environment);
    }

    /** The ARM id; empty where this is no app. */
    Optional<String> id() {
        Matcher owner = OWNER.matcher(environment.getOrDefault("WEBSITE_OWNER_NAME", ""));
        return site().filter(site -> owner.matches()).flatMap(site -> app.resourceGroup()
                .map(group -> "/subscriptions/" + owner.group(1).toLowerCase(Locale.ROOT) + "/resourceGroups/" + group
                        + "/providers/Microsoft.Web/sites/" + site));
    }

    /**
     * What the host calls itself, the likeliest first (azure-functions-host: ScriptHostIdProvider): as a setting says, on
     * Flex Consumption by a hash of the app's name, and else by its first 32 characters.
     */
    List<String> hostIds() {
        String set = environment.getOrDefault("AzureFunctionsWebHost__hostid", "");
        if (set.matches("[A-Za-z0-9-]{1,60}")) {
            return List.of(set.toLowerCase(Locale.ROOT));
        }
        return site().map(this::hostIds).orElse(List.of());
    }

    private Optional<String> site() {
        return app.name().filter(name -> app.kind() == FunctionApp.Kind.FUNCTION_APP);
    }

    private List<String> hostIds(String site) {
        String slot = environment.getOrDefault("WEBSITE_SLOT_NAME", "");
        String name = (slot.isEmpty() || slot.equalsIgnoreCase("production") ? site : site + "-" + slot)
                .toLowerCase(Locale.ROOT);
        boolean flex = environment.getOrDefault("WEBSITE_SKU", "").equalsIgnoreCase("FlexConsumption");
        Stream<String> ids = Stream.of(hashed(name), cut(name));
        return flex ? ids.toList() : Stream.of(cut(name), hashed(name)).toList();
    }

    private static String cut(String name) {
        return name.substring(0, Math.min(name.length(), LONGEST_HOST_ID)).replaceAll("-+$", "");
    }

    /** As .NET writes the Guid of sixteen bytes: its first three parts have their lowest byte first. */
    private static String hashed(String name) {
        byte[] hash = md5(name);
        StringBuilder text = new StringBuilder();
        for (int at : new int[] {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15}) {
            text.append(String.format(Locale.ROOT, "%02x", hash[at]));
        }
        return text.toString();
    }

    private static byte[] md5(String name) {
        try {
            return MessageDigest.getInstance("MD5").digest(name.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5.", e);
        }
    }
}
