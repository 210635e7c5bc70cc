package io.github.acrattach.adapter.host;

import io.github.acrattach.domain.installation.HostStorage;
import io.github.acrattach.domain.installation.HostStorage.Access;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The connection {@code AzureWebJobsStorage}, in its forms
 * (learn.microsoft.com/azure/azure-functions/functions-reference#connecting-to-host-storage-with-an-identity). A
 * connection string is a secret, and nothing but the name of its account is read from it.
 */
final class StorageSettings {

    private static final String CONNECTION = "AzureWebJobsStorage";

    /** Azurite, on a laptop: nobody's account, by a key that everybody knows. */
    private static final String EMULATED = "UseDevelopmentStorage=true";

    private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9]{3,24}");

    private StorageSettings() {}

    static HostStorage in(Map<String, String> environment) {
        String connection = environment.getOrDefault(CONNECTION, "");
        if (connection.strip().equalsIgnoreCase(EMULATED)) {
            return HostStorage.NONE;
        }
        if (!connection.isBlank()) {
            return new HostStorage(Access.KEY, accountIn(connection), "", "");
        }
        String blobs = address("blob", environment);
        String queues = address("queue", environment);
        String account = environment.getOrDefault(CONNECTION + "__accountName", "");
        String named = Stream.of(account, name(queues), name(blobs))
                .filter(each -> ACCOUNT.matcher(each).matches())
                .findFirst()
                .orElse("");
        return blobs.isEmpty() && queues.isEmpty() && named.isEmpty()
                ? HostStorage.NONE
                : new HostStorage(Access.IDENTITY, named, blobs, queues);
    }

    private static String address(String service, Map<String, String> environment) {
        return Stream.of(service + "ServiceUri", service.equals("blob") ? "serviceUri" : "")
                .filter(name -> !name.isEmpty())
                .map(name -> environment.getOrDefault(CONNECTION + "__" + name, ""))
                .filter(each -> !each.isBlank())
                .findFirst()
                .map(String::strip)
                .orElse("");
    }

    private static String accountIn(String connection) {
        return Arrays.stream(connection.split(";"))
                .map(String::strip)
                .filter(part -> part.toLowerCase(Locale.ROOT).startsWith("accountname="))
                .map(part -> part.substring(part.indexOf('=') + 1))
                .filter(name -> ACCOUNT.matcher(name).matches())
                .findFirst()
                .orElse("");
    }

    /** The last part of a path, as emulators have it; else the first part of the host. */
    private static String name(String address) {
        try {
            URI uri = URI.create(address);
            String path = Optional.ofNullable(uri.getPath()).orElse("").replaceAll("/+$", "");
            return path.isEmpty()
                    ? Optional.ofNullable(uri.getHost()).orElse("").split("[.]")[0]
                    : path.substring(path.lastIndexOf('/') + 1);
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }
}
