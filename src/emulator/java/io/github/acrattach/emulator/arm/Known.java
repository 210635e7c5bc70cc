package io.github.acrattach.emulator.arm;

import io.github.acrattach.emulator.estate.Subscription;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which subscriptions and resource types there are, and what ARM says about all others. */
public final class Known {
    private static final Pattern SUBSCRIPTION =
            Pattern.compile("/subscriptions/([^/]+)(/.*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern GUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final Pattern PROVIDER =
            Pattern.compile(".*/providers/([^/]+)/([^/]+)(/.*)?", Pattern.CASE_INSENSITIVE);

    private final Map<String, Subscription> subscriptions;
    private final Set<String> namespaces;

    public Known(List<Subscription> subscriptions, Set<String> namespaces) {
        this.subscriptions = subscriptions.stream()
                .collect(Collectors.toMap(subscription -> subscription.id().toLowerCase(Locale.ROOT), each -> each));
        this.namespaces = namespaces;
    }

    Optional<String> subscriptionOf(String path) {
        Matcher matcher = SUBSCRIPTION.matcher(path);
        return matcher.matches() ? Optional.of(matcher.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    void checkSubscription(String path) {
        subscriptionOf(path).filter(id -> !subscriptions.containsKey(id)).ifPresent(id -> {
            if (GUID.matcher(id).matches()) {
                throw ArmError.notFound("SubscriptionNotFound", "The subscription '" + id + "' could not be found.");
            }
            throw ArmError.notFound(
                    "InvalidSubscriptionId",
                    "The provided subscription identifier '" + id + "' is malformed or invalid.");
        });
    }

    ArmError nothingAt(String path) {
        checkSubscription(path);
        Matcher provider = PROVIDER.matcher(path);
        if (!provider.matches()) {
            return ArmError.notFound("HttpResourceNotFound", "The request url '" + path + "' is not found.");
        }
        if (namespaces.stream().noneMatch(provider.group(1)::equalsIgnoreCase)) {
            return ArmError.notFound(
                    "InvalidResourceNamespace", "The resource namespace '" + provider.group(1) + "' is invalid.");
        }
        return ArmError.notFound(
                "InvalidResourceType",
                "The resource type '" + provider.group(2) + "' could not be found in the namespace '"
                        + provider.group(1) + "'.");
    }
}
