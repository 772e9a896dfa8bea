package clearml.acceptance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What tests of events do, as the test user. Each has a new draft task of its own. */
final class EventCalls {

    static final long SINGLE_VALUE = Integer.MIN_VALUE;

    private final TaskCalls tasks;
    private final Api api;
    private final String task;

    EventCalls() {
        this(Api.user());
    }

    EventCalls(Api api) {
        this.tasks = new TaskCalls(api);
        this.api = api;
        this.task = tasks.create();
    }

    String task() {
        return task;
    }

    TaskCalls tasks() {
        return tasks;
    }

    Api api() {
        return api;
    }

    /** An event of the task; further members as pairs of name and value. */
    Map<String, Object> event(String type, @Nullable Object... members) {
        Map<String, Object> event = new HashMap<>(Map.of("type", type, "task", task));
        for (int i = 0; i < members.length; i += 2) {
            event.put(String.valueOf(members[i]), members[i + 1]);
        }
        return event;
    }

    Map<String, Object> scalar(long iteration, String metric, String variant, @Nullable Object value) {
        return event("training_stats_scalar", "iter", iteration, "metric", metric, "variant", variant, "value", value);
    }

    Map<String, Object> log(long timestamp, String message) {
        return event("log", "timestamp", timestamp, "level", "info", "msg", message);
    }

    Map<String, Object> plot(long iteration, String metric, String variant, String plot) {
        return event("plot", "iter", iteration, "metric", metric, "variant", variant, "plot_str", plot);
    }

    Map<String, Object> image(long iteration, String metric, String variant, String file) {
        return event(
                "training_debug_image",
                "iter",
                iteration,
                "metric",
                metric,
                "variant",
                variant,
                "key",
                file,
                "url",
                "http://files/" + file);
    }

    @SafeVarargs
    final Answer add(Map<String, ?>... events) {
        return add(List.of(events));
    }

    Answer add(List<? extends Map<String, ?>> events) {
        return addLines(events.stream().map(Api.JSON::writeValueAsString).collect(Collectors.joining("\n")));
    }

    Answer addLines(String lines) {
        return api.request("/events.add_batch")
                .body("application/json-lines", lines)
                .send();
    }

    /** Calls an endpoint of events, members as pairs of name and value. */
    Answer call(String endpoint, @Nullable Object... members) {
        Map<String, @Nullable Object> body = new HashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            body.put(String.valueOf(members[i]), members[i + 1]);
        }
        int slash = endpoint.indexOf('/');
        return api.call(endpoint.substring(0, slash + 1) + "events." + endpoint.substring(slash + 1), body);
    }

    /** The same about the task, successfully. */
    JsonNode read(String endpoint, @Nullable Object... members) {
        Object[] all = new Object[members.length + 2];
        System.arraycopy(members, 0, all, 0, members.length);
        all[members.length] = "task";
        all[members.length + 1] = task;
        return call(endpoint, all).ok().data();
    }

    /** The values of one member of all items. */
    static List<String> texts(JsonNode items, String member) {
        return items.valueStream().map(item -> item.path(member).asString()).toList();
    }
}
