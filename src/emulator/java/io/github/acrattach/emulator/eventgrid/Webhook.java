package io.github.acrattach.emulator.eventgrid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** An HTTP endpoint that has agreed, by handshake, to receive events. */
public record Webhook(URI uri) implements Destination {
    private static final String ORIGIN = "eventgrid.azure.net";
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    @Override
    public void validate(String subscriptionName, EventSchema schema) {
        try {
            Optional<String> refusal = schema == EventSchema.EventGridSchema
                    ? refusalOfValidationEvent(subscriptionName)
                    : refusalOfOptions();
            refusal.ifPresent(reason -> {
                throw new IllegalArgumentException("Webhook validation handshake failed for " + uri + ": " + reason);
            });
        } catch (IOException failed) {
            throw new IllegalArgumentException(
                    "Webhook validation handshake failed for " + uri + ": " + failed, failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted during a webhook validation handshake", stopped);
        }
    }

    @Override
    public Outcome deliver(Delivery delivery, int attempt) {
        boolean cloudEvents = delivery.subscription().schema() == EventSchema.CloudEventSchemaV1_0;
        JsonNode body = cloudEvents ? delivery.body() : Json.array(Stream.of(delivery.body()));
        HttpRequest request = post(delivery.subscription().name(), "Notification", body)
                .header(
                        "Content-Type",
                        cloudEvents ? "application/cloudevents+json; charset=utf-8" : "application/json; charset=utf-8")
                .header("aeg-delivery-count", String.valueOf(attempt - 1))
                .build();
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return new Outcome(answer.statusCode(), "The webhook answered with status " + answer.statusCode());
        } catch (IOException failed) {
            return new Outcome(0, "The webhook did not answer: " + failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Outcome(0, "The emulator was stopped");
        }
    }

    /** learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema. */
    private Optional<String> refusalOfValidationEvent(String subscriptionName)
            throws IOException, InterruptedException {
        String code = UUID.randomUUID().toString();
        ObjectNode event = Json.object()
                .put("id", UUID.randomUUID().toString())
                .put("topic", "")
                .put("subject", "");
        event.set("data", Json.object().put("validationCode", code));
        event.put("eventType", "Microsoft.EventGrid.SubscriptionValidationEvent")
                .put("eventTime", Json.timestamp(Instant.now()))
                .put("metadataVersion", "1")
                .put("dataVersion", "2");
        HttpRequest request = post(subscriptionName, "SubscriptionValidation", Json.array(Stream.of(event)))
                .header("Content-Type", "application/json; charset=utf-8")
                .build();
        HttpResponse<byte[]> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
        boolean echoed = Json.parse(answer.body())
                .flatMap(body -> Json.text(body, "validationResponse"))
                .filter(code::equals)
                .isPresent();
        return answer.statusCode() == 200 && echoed
                ? Optional.empty()
                : Optional.of("it answered with status " + answer.statusCode()
                        + (echoed ? "" : " and without the validationResponse"));
    }

    /** The CloudEvents HTTP webhook specification, section 4. */
    private Optional<String> refusalOfOptions() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(ANSWER_WITHIN)
                .header("WebHook-Request-Origin", ORIGIN)
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<Void> answer = HTTP.send(request, HttpResponse.BodyHandlers.discarding());
        boolean allowed = answer.headers()
                .firstValue("WebHook-Allowed-Origin")
                .filter(origin -> origin.equals("*") || origin.equals(ORIGIN))
                .isPresent();
        return answer.statusCode() == 200 && allowed
                ? Optional.empty()
                : Optional.of("it answered OPTIONS with status " + answer.statusCode()
                        + (allowed ? "" : " and without a WebHook-Allowed-Origin that fits"));
    }

    private HttpRequest.Builder post(String subscriptionName, String eventType, JsonNode body) {
        return HttpRequest.newBuilder(uri)
                .timeout(ANSWER_WITHIN)
                .header("aeg-event-type", eventType)
                .header("aeg-subscription-name", subscriptionName.toUpperCase(Locale.ROOT))
                .header("aeg-data-version", "2")
                .header("aeg-metadata-version", "1")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)));
    }
}
