package clearml.acceptance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What tests of projects do with them, as the test user. */
final class ProjectCalls {

    private final TaskCalls tasks = new TaskCalls();

    /** A call with members as pairs of name and value. */
    Answer call(String endpoint, @Nullable Object... members) {
        return tasks.api().call("projects." + endpoint, body(members));
    }

    static Map<String, @Nullable Object> body(@Nullable Object... members) {
        Map<String, @Nullable Object> body = new HashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            body.put(String.valueOf(members[i]), members[i + 1]);
        }
        return body;
    }

    /** A name that no other project has. */
    static String name() {
        return "acceptance " + UUID.randomUUID();
    }

    /** The id of a new project of that name. */
    String create(String name, @Nullable Object... members) {
        var body = body(members);
        body.put("name", name);
        return tasks.api().call("projects.create", body).ok().data().path("id").asString();
    }

    JsonNode get(String project) {
        return call("get_by_id", "project", project).ok().data().path("project");
    }

    /** The only project of that name, hidden or not. */
    JsonNode named(String name) {
        var found = call("get_all", "name", "^" + name.replace(".", "\\.") + "$", "search_hidden", true)
                .ok()
                .data()
                .path("projects");
        return found.path(0);
    }

    List<String> names(String endpoint, @Nullable Object... members) {
        return call(endpoint, members)
                .ok()
                .data()
                .path("projects")
                .valueStream()
                .map(project -> project.path("name").asString())
                .toList();
    }

    /** The one row of {@code get_all_ex} about a project. */
    JsonNode row(String project, @Nullable Object... members) {
        var body = body(members);
        body.put("id", List.of(project));
        return tasks.api().call("projects.get_all_ex", body).ok().data().at("/projects/0");
    }

    String model(@Nullable Object... members) {
        var body = body(members);
        body.putIfAbsent("name", "acceptance model");
        body.putIfAbsent("uri", "s3://bucket/acceptance");
        return tasks.api().call("models.create", body).ok().data().path("id").asString();
    }

    TaskCalls tasks() {
        return tasks;
    }
}
