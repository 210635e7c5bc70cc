package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.emulator.estate.Estate;
import org.junit.jupiter.api.Test;

class ArmTest extends Running {

    @Test
    void everyAnswerCarriesWhatArmAnswersCarry() {
        Client.Reply reply = Client.attach(emulator).get(Sample.AKS_SHOP);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(reply.header("x-ms-request-id")).isNotEmpty();
        assertThat(reply.header("x-ms-correlation-request-id")).isNotEmpty();
        assertThat(reply.header("x-ms-ratelimit-remaining-subscription-reads")).isEqualTo("249");
    }

    @Test
    void pathsAreComparedWithoutCase() {
        assertThat(Client.attach(emulator)
                        .get(Sample.AKS_SHOP.toUpperCase())
                        .json()
                        .path("name")
                        .asText())
                .isEqualTo("aks-shop");
    }

    @Test
    void whoeverHasNoGoodTokenIsTurnedAway() {
        Client nobody = Client.of(emulator);
        Client graph = nobody.signedIn(Sample.YOU_APP, Sample.YOU_SECRET, "https://graph.microsoft.com/.default");
        String good = Client.you(emulator).token();

        assertRefused(nobody.get(Sample.AKS_SHOP), 401, "AuthenticationFailed", "");
        assertRefused(nobody.with("x").get(Sample.AKS_SHOP), 401, "InvalidAuthenticationToken", "");
        assertRefused(nobody.with(good + "x").get(Sample.AKS_SHOP), 401, "InvalidAuthenticationToken", "");
        assertRefused(
                graph.get(Sample.AKS_SHOP),
                401,
                "InvalidAuthenticationTokenAudience",
                "The access token has been obtained for wrong audience or resource 'https://graph.microsoft.com'.");
        assertThat(nobody.get(Sample.AKS_SHOP).header("WWW-Authenticate")).startsWith("Bearer authorization_uri=");
    }

    @Test
    void whateverIsNotThereIsMissedInArmsWords() {
        Client you = Client.you(emulator);

        assertRefused(
                you.get(Sample.ACR_SHOP + "x"),
                404,
                "ResourceNotFound",
                "The Resource 'Microsoft.ContainerRegistry/registries/acrshopx' under resource group 'platform' was not found.");
        assertRefused(
                you.get(Sample.PRODUCTION + "/resourceGroups/none" + Sample.REGISTRIES),
                404,
                "ResourceGroupNotFound",
                "Resource group 'none' could not be found.");
        assertRefused(
                you.get("/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups"),
                404,
                "SubscriptionNotFound",
                "The subscription '11111111-2222-4333-8444-555555555555' could not be found.");
        assertRefused(
                you.get("/subscriptions/mine"), 404, "InvalidSubscriptionId", "The provided subscription identifier");
        assertRefused(
                you.get(Sample.PLATFORM + "/providers/Microsoft.ContainerRegistry/boxes/x"),
                404,
                "InvalidResourceType",
                "The resource type 'boxes' could not be found in the namespace 'Microsoft.ContainerRegistry'");
        assertRefused(
                you.get(Sample.PLATFORM + "/providers/Microsoft.Else/boxes/x"), 404, "InvalidResourceNamespace", "");
        assertRefused(you.post(Sample.ACR_SHOP, "{}"), 405, "MethodNotAllowed", "");
        assertRefused(you.sendAsIs("GET", Sample.ACR_SHOP, ""), 400, "MissingApiVersionParameter", "");
        assertRefused(you.get(Sample.ACR_SHOP + "?api-version=latest"), 400, "InvalidApiVersionParameter", "");
    }

    @Test
    void aCallerSeesOnlyTheSubscriptionsInWhichItHoldsARole() {
        assertThat(Client.attach(emulator).get("/subscriptions").json().path("value"))
                .hasSize(2);
        assertThat(Client.armAs(emulator, Sample.LEGACY_APP, Sample.LEGACY_SECRET)
                        .get("/subscriptions")
                        .json()
                        .path("value"))
                .isEmpty();
    }

    @Test
    void whoeverLacksARightIsToldWhich() {
        Client legacy = Client.armAs(emulator, Sample.LEGACY_APP, Sample.LEGACY_SECRET);
        Client.Reply reply = legacy.get(Sample.PRODUCTION + Sample.CLUSTERS);

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.code()).isEqualTo("AuthorizationFailed");
        assertThat(reply.message())
                .isEqualTo("The client '" + Sample.LEGACY_APP
                        + "' with object id 'd8e9f0a1-b2c3-4d4e-9f5a-6b7c8d9e0f1a' does not have authorization to perform"
                        + " action 'Microsoft.ContainerService/managedClusters/read' over scope '" + Sample.PRODUCTION
                        + "/providers/Microsoft.ContainerService' or the scope is invalid. If access was recently granted,"
                        + " please refresh your credentials.");
        assertRefused(
                Client.attach(emulator)
                        .put(Sample.PLATFORM + Sample.CLUSTERS + "/aks-new", "{'location':'westeurope'}"),
                403,
                "AuthorizationFailed",
                "");
    }

    @Test
    void whoeverCallsTooFastIsThrottledWhenThatIsWanted() {
        try (Emulator strict =
                Emulator.start(EmulatorOptions.of(Estate.sample()).withThrottling())) {
            Client you = Client.you(strict);
            String group = Sample.PRODUCTION + "/resourceGroups/none";
            Client.Reply reply = you.delete(group + Sample.REGISTRIES + "/acrnone");
            for (int calls = 0; reply.status() != 429 && calls < 1000; calls++) {
                reply = you.delete(group + Sample.REGISTRIES + "/acrnone");
            }

            assertThat(reply.code()).isEqualTo("SubscriptionRequestsThrottled");
            assertThat(reply.header("Retry-After")).isNotEmpty();
            assertThat(reply.header("x-ms-ratelimit-remaining-subscription-deletes"))
                    .isEqualTo("0");
        }
    }

    private static void assertRefused(Client.Reply reply, int status, String code, String message) {
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.message()).startsWith(message);
    }
}
