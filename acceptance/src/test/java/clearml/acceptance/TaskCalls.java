package clearml.acceptance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What tests of tasks do with them, as the test user. */
final class TaskCalls {

    private final Api api;

    TaskCalls() {
        this(Api.user());
    }

    TaskCalls(Api api) {
        this.api = api;
    }

    Answer call(String endpoint, Map<String, ? extends @Nullable Object> body) {
        return api.call("tasks." + endpoint, body);
    }

    /** A call about one task; further members as pairs of name and value. */
    Answer on(String task, String endpoint, @Nullable Object... members) {
        Map<String, @Nullable Object> body = new HashMap<>();
        body.put("task", task);
        for (int i = 0; i < members.length; i += 2) {
            body.put(String.valueOf(members[i]), members[i + 1]);
        }
        return call(endpoint, body);
    }

    /** The id of a new draft. */
    String create(@Nullable Object... members) {
        Map<String, @Nullable Object> body = new HashMap<>(Map.of("name", "acceptance task", "type", "training"));
        for (int i = 0; i < members.length; i += 2) {
            body.put(String.valueOf(members[i]), members[i + 1]);
        }
        return call("create", body).ok().data().path("id").asString();
    }

    JsonNode get(String task) {
        return on(task, "get_by_id").ok().data().path("task");
    }

    JsonNode get(String version, String task) {
        return api.call(version + "/tasks.get_by_id", Map.of("task", task))
                .ok()
                .data()
                .path("task");
    }

    String status(String task) {
        return get(task).path("status").asString();
    }

    /** Takes a draft to a status by the ways that clients go. */
    String bring(String task, String status) {
        switch (status) {
            case "created" -> {}
            case "queued" -> on(task, "enqueue", "queue", queue()).ok();
            case "in_progress" -> on(task, "started").ok();
            case "published" -> on(bring(task, "completed"), "publish").ok();
            case "closed" -> on(bring(task, "stopped"), "close").ok();
            default -> on(bring(task, "in_progress"), status).ok();
        }
        return task;
    }

    /** The id of a new queue. */
    String queue() {
        return api.call("queues.create", Map.of("name", "acceptance " + UUID.randomUUID()))
                .ok()
                .data()
                .path("id")
                .asString();
    }

    /** The tasks in a queue, in order. */
    List<String> entries(String queue) {
        return api.call("queues.get_by_id", Map.of("queue", queue))
                .ok()
                .data()
                .at("/queue/entries")
                .valueStream()
                .map(entry -> entry.path("task").asString())
                .toList();
    }

    /** The id of a new project. */
    String project() {
        return api.call("projects.create", Map.of("name", "acceptance " + UUID.randomUUID(), "description", ""))
                .ok()
                .data()
                .path("id")
                .asString();
    }

    /** The id of a new model that is not published. */
    String model(String task) {
        return api.call(
                        "models.create",
                        Map.of("name", "acceptance model", "uri", "s3://bucket/" + task, "task", task, "ready", false))
                .ok()
                .data()
                .path("id")
                .asString();
    }

    Api api() {
        return api;
    }
}
