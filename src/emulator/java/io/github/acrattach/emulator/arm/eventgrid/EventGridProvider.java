package io.github.acrattach.emulator.arm.eventgrid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.ApiVersions;
import io.github.acrattach.emulator.arm.ArmError;
import io.github.acrattach.emulator.arm.Call;
import io.github.acrattach.emulator.arm.Page;
import io.github.acrattach.emulator.arm.Route;
import io.github.acrattach.emulator.http.Answer;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * Lists system topics, their event subscriptions, and those of a subscription itself
 * (learn.microsoft.com/rest/api/eventgrid/controlplane).
 */
public final class EventGridProvider {
    private static final String PROVIDER = "/subscriptions/{subscription}/providers/Microsoft.EventGrid/";
    private static final String TOPIC = "/subscriptions/{subscription}/resourceGroups/{group}"
            + "/providers/Microsoft.EventGrid/systemTopics/{topic}";
    private static final String[] VERSIONS = {"2025-02-15", "2022-06-15", "2021-12-01"};
    private static final ApiVersions TOPICS = ApiVersions.of("Microsoft.EventGrid", "systemTopics", VERSIONS);
    private static final ApiVersions SUBSCRIPTIONS =
            ApiVersions.of("Microsoft.EventGrid", "eventSubscriptions", VERSIONS);

    private final Page page;
    private final List<ObjectNode> bodies = new CopyOnWriteArrayList<>();

    public EventGridProvider(Page page) {
        this.page = page;
    }

    /** Begins again with these. */
    public void load(Collection<ObjectNode> topicsAndSubscriptions) {
        bodies.clear();
        bodies.addAll(topicsAndSubscriptions);
    }

    public List<Route> routes() {
        return List.of(
                Route.of(
                        "GET",
                        PROVIDER + "systemTopics",
                        "Microsoft.EventGrid/systemTopics/read",
                        TOPICS.only(this::topics)),
                Route.of(
                        "GET",
                        TOPIC + "/eventSubscriptions",
                        "Microsoft.EventGrid/systemTopics/eventSubscriptions/read",
                        SUBSCRIPTIONS.only(this::ofTopic)),
                Route.of(
                        "GET",
                        PROVIDER + "eventSubscriptions",
                        "Microsoft.EventGrid/eventSubscriptions/read",
                        SUBSCRIPTIONS.only(this::ofScope)));
    }

    private Answer topics(Call call) {
        return page.answer(
                call,
                below("/subscriptions/" + call.subscription() + "/resourcegroups/")
                        .filter(body -> isOfType(body, "Microsoft.EventGrid/systemTopics")));
    }

    private Answer ofTopic(Call call) {
        String topic = call.request().path().substring(0, call.request().path().lastIndexOf('/'));
        if (bodies.stream().noneMatch(body -> id(body).equals(topic.toLowerCase(Locale.ROOT)))) {
            throw ArmError.resourceNotFound(
                    "Microsoft.EventGrid/systemTopics/" + call.variable("topic"), call.variable("group"));
        }
        return page.answer(call, below(topic + "/eventsubscriptions/"));
    }

    private Answer ofScope(Call call) {
        return page.answer(
                call,
                below("/subscriptions/" + call.subscription() + "/providers/microsoft.eventgrid/eventsubscriptions/"));
    }

    private Stream<ObjectNode> below(String path) {
        return bodies.stream().filter(body -> id(body).startsWith(path.toLowerCase(Locale.ROOT)));
    }

    private static boolean isOfType(ObjectNode body, String type) {
        return body.path("type").asText().equalsIgnoreCase(type);
    }

    private static String id(ObjectNode body) {
        return body.path("id").asText().toLowerCase(Locale.ROOT);
    }
}
