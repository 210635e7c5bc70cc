package io.github.acrattach.emulator.arm.eventgrid;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.ApiVersions;
import io.github.acrattach.emulator.arm.ArmError;
import io.github.acrattach.emulator.arm.Call;
import io.github.acrattach.emulator.arm.Route;
import io.github.acrattach.emulator.eventgrid.Delivery;
import io.github.acrattach.emulator.eventgrid.EventGrid;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metric DeliverySuccessCount, counted from what Event Grid here has delivered
 * (learn.microsoft.com/rest/api/monitor/metrics/list). Of a system topic it is split by the dimension
 * EventSubscriptionName; an event subscription of a scope has it by itself.
 */
public final class MetricsProvider {
    private static final ApiVersions VERSIONS =
            ApiVersions.of("Microsoft.Insights", "metrics", "2024-02-01", "2023-10-01", "2019-07-01", "2018-01-01");
    private static final Pattern FILTER = Pattern.compile("EventSubscriptionName eq '([^']+)'");
    private static final String METRIC = "DeliverySuccessCount";
    private static final int MOST_POINTS = 2000;

    private final EventGrid grid;

    public MetricsProvider(EventGrid grid) {
        this.grid = grid;
    }

    public List<Route> routes() {
        return List.of(Route.of(
                "GET",
                "{scope*}/providers/Microsoft.Insights/metrics",
                "Microsoft.Insights/metrics/read",
                VERSIONS.only(this::list)));
    }

    private Answer list(Call call) {
        String names = required(call, "metricnames");
        if (!names.equalsIgnoreCase(METRIC)) {
            throw ArmError.badRequest(
                    "BadRequest",
                    "Failed to find metric configuration for provider: " + "Microsoft.EventGrid, metric: " + names
                            + ". Valid metrics: " + METRIC);
        }
        Duration interval = interval(required(call, "interval"));
        Instant[] span = span(required(call, "timespan"));
        if (Duration.between(span[0], span[1]).dividedBy(interval) > MOST_POINTS) {
            throw ArmError.badRequest("BadRequest", "The timespan has too many intervals.");
        }
        String subscription = subscription(call);
        ObjectNode series = Json.object();
        ArrayNode data = series.putArray("data");
        for (Instant from = span[0]; from.isBefore(span[1]); from = from.plus(interval)) {
            data.addObject().put("timeStamp", from.toString()).put("total", (double)
                    delivered(subscription, from, from.plus(interval)));
        }
        ObjectNode metric = Json.object()
                .put("id", call.variable("scope") + "/providers/Microsoft.Insights/metrics/" + METRIC)
                .put("type", "Microsoft.Insights/metrics")
                .put("unit", "Count");
        metric.putObject("name").put("value", METRIC).put("localizedValue", "Delivered Events");
        metric.putArray("timeseries").add(series);
        ObjectNode body = Json.object().put("cost", 0).put("timespan", required(call, "timespan"));
        body.put("interval", required(call, "interval")).putArray("value").add(metric);
        return Answer.json(200, body);
    }

    private long delivered(String subscription, Instant from, Instant until) {
        return grid.deliveries().stream()
                .filter(delivery -> delivery.state() == Delivery.State.DELIVERED)
                .filter(delivery -> delivery.subscription().name().equalsIgnoreCase(subscription))
                .map(delivery ->
                        delivery.attempts().get(delivery.attempts().size() - 1).end())
                .filter(end -> !end.isBefore(from) && end.isBefore(until))
                .count();
    }

    private static String subscription(Call call) {
        String scope = call.variable("scope");
        if (scope.toLowerCase(Locale.ROOT).contains("/eventsubscriptions/")) {
            return scope.substring(scope.lastIndexOf('/') + 1);
        }
        Matcher filter = FILTER.matcher(call.request().query().get("$filter").orElse(""));
        if (!filter.matches()) {
            throw ArmError.badRequest("BadRequest", "Filter expression is not valid.");
        }
        return filter.group(1);
    }

    private static Duration interval(String text) {
        try {
            Duration interval = Duration.parse(text);
            if (!interval.isNegative() && !interval.isZero()) {
                return interval;
            }
        } catch (DateTimeException malformed) {
            // Told below.
        }
        throw ArmError.badRequest("BadRequest", "Invalid time grain: " + text);
    }

    private static Instant[] span(String text) {
        try {
            String[] ends = text.split("/");
            return new Instant[] {Instant.parse(ends[0]), Instant.parse(ends[1])};
        } catch (DateTimeException | ArrayIndexOutOfBoundsException malformed) {
            throw ArmError.badRequest("BadRequest", "Invalid timespan: " + text);
        }
    }

    private static String required(Call call, String parameter) {
        return call.request()
                .query()
                .get(parameter)
                .orElseThrow(() -> ArmError.badRequest("BadRequest", "Missing query parameter: " + parameter));
    }
}
