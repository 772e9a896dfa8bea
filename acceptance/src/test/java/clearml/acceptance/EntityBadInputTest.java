package clearml.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every endpoint of tasks, models and projects with every member of its requests wrong in many ways. */
class EntityBadInputTest {

    private static final List<@Nullable Object> VALUES = Arrays.asList(
            null,
            "",
            "text",
            5,
            1.5,
            true,
            List.of(5),
            Arrays.asList((Object) null),
            List.of(Map.of("a", 1)),
            Map.of("a", 5),
            Map.of("$set", "x", "a.b", Map.of("$gt", "")),
            Map.of("", Map.of("", Map.of())),
            Map.of());

    private final TaskCalls tasks = new TaskCalls();
    private final ProjectCalls projects = new ProjectCalls();

    /** What requests name; made anew when a call may have changed it. */
    private @Nullable Target target;

    private record Target(String task, String model, String project) {

        Map<String, JsonNode> state(TaskCalls tasks, ProjectCalls projects) {
            return Map.of(
                    "task",
                    tasks.get(task),
                    "model",
                    tasks.api()
                            .call("models.get_by_id", Map.of("model", model))
                            .ok()
                            .data(),
                    "project",
                    projects.get(project));
        }
    }

    /** An endpoint and the members of its requests, by type. */
    record Endpoint(String name, Map<String, String> members) {

        static Endpoint parse(String line) {
            var words = List.of(line.split(" "));
            Map<String, String> members = new LinkedHashMap<>();
            words.subList(1, words.size()).forEach(word -> {
                var colon = word.indexOf(':');
                members.put(word.substring(0, colon), word.substring(colon + 1));
            });
            return new Endpoint(words.get(0), members);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Endpoint> endpoints() {
        try (var lines = EntityBadInputTest.class.getResourceAsStream("/entity-fields.txt")) {
            return new String(lines.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Endpoint::parse);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endpoints")
    void aWrongValueIsRefusedOrIgnoredAndNothingIsHalfDone(Endpoint endpoint) {
        var before = fresh();
        for (var member : endpoint.members.keySet()) {
            for (var value : VALUES) {
                var body = body(endpoint);
                body.put(member, value);
                var answer = tasks.api().call(endpoint.name, body).isEnvelope();
                assertThat(answer.status())
                        .as("%s with %s: %s", endpoint, body, answer.message())
                        .isLessThan(500);
                if (answer.status() == 200) {
                    before = mayBeGone(endpoint) ? fresh() : null;
                } else {
                    assertThat(answer.code()).as("%s with %s", endpoint, body).matches("400/\\d+|403/21|301/1");
                    assertThat(answer.message()).isNotBlank();
                    before = before == null ? target.state(tasks, projects) : before;
                }
            }
        }
        if (before != null) {
            assertThat(target.state(tasks, projects)).isEqualTo(before);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endpoints")
    void whatIsNeededAndMissingIsTold(Endpoint endpoint) {
        fresh();
        endpoint.members.forEach((member, type) -> {
            // These two answer without a project, whatever is documented.
            if (type.endsWith("!")
                    && !endpoint.name.matches("projects.get_(hyper_parameters|unique.*|model_meta.*keys)")) {
                var body = body(endpoint);
                body.remove(member);
                assertThat(tasks.api().call(endpoint.name, body).code())
                        .as("%s without %s", endpoint, member)
                        .isIn("400/11", "400/12");
            }
        });
    }

    private Map<String, JsonNode> fresh() {
        var project = projects.create(ProjectCalls.name());
        var task = tasks.create("project", project);
        target = new Target(task, projects.model("project", project, "ready", false), project);
        return target.state(tasks, projects);
    }

    /** Whether what requests name may be gone, or not the caller's, after a success. */
    private static boolean mayBeGone(Endpoint endpoint) {
        return endpoint.name.matches(".*\\.(delete(_many)?|merge|make_public|publish(_many)?|set_ready)");
    }

    /** A request with everything that is needed. */
    private Map<String, @Nullable Object> body(Endpoint endpoint) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        endpoint.members.forEach((member, type) -> {
            if (type.endsWith("!")) {
                body.put(member, needed(endpoint.name, member));
            }
        });
        return body;
    }

    private Object needed(String endpoint, String member) {
        var service = endpoint.replaceAll("v[0-9.]+/|\\..*", "");
        return switch (member) {
            case "task" -> target.task;
            case "tasks" -> List.of(target.task);
            case "model" -> target.model;
            case "project" -> target.project;
            case "ids" ->
                List.of(
                        switch (service) {
                            case "tasks" -> target.task;
                            case "models" -> target.model;
                            default -> target.project;
                        });
            case "name" -> ProjectCalls.name();
            case "type" -> endpoint.endsWith("_model") ? "input" : "training";
            case "artifacts" -> List.of(Map.of("key", "k", "type", "dict"));
            case "models" -> List.of(Map.of("name", "m", "type", "input"));
            case "configuration" ->
                endpoint.endsWith("delete_configuration") ? List.of("c") : List.of(Map.of("name", "c", "value", "v"));
            case "hyperparams" -> List.of(Map.of("section", "s", "name", "n", "value", "v"));
            case "metadata" -> List.of(Map.of("key", "k", "type", "str", "value", "v"));
            case "keys" -> List.of("k");
            case "requirements" -> Map.of("pip", "a");
            default -> "text";
        };
    }

    @Test
    void whatIsNestedTooDeeplyForADocumentIsRefusedAndWhatIsNotIsStored() {
        var task = tasks.create("comment", "before");

        for (var member : List.of("runtime", "script", "execution", "hyperparams", "configuration", "container")) {
            var answer = tasks.on(task, "edit", "comment", "after", member, nested(120));
            assertThat(answer.isEnvelope().status())
                    .as("%s: %s", member, answer.message())
                    .isIn(200, 400);
        }
        tasks.on(task, "edit", "comment", "after", "runtime", nested(120)).fails("400/16");
        tasks.on(task, "set_requirements", "requirements", nested(120)).fails("400/16");
        tasks.call("create", Map.of("name", "acceptance deep", "type", "training", "runtime", nested(120)))
                .fails("400/16");
        tasks.on(task, "edit", "runtime", nested(80)).ok();
        assertThat(tasks.get(task).path("runtime").toString()).hasSizeGreaterThan(80);
    }

    private static Map<String, Object> nested(int levels) {
        Map<String, Object> nested = Map.of();
        for (var level = 1; level < levels; level++) {
            nested = Map.of("a", nested);
        }
        return nested;
    }

    @Test
    void whatIsTooLargeForADocumentIsRefusedAndWhatIsNotIsStored() {
        var tooLarge = "x".repeat(17 << 20);
        var task = tasks.create("comment", "before");

        tasks.on(task, "edit", "comment", tooLarge).fails("400/800");
        tasks.call("create", Map.of("name", tooLarge, "type", "training")).fails("400/800");
        projects.call("create", "name", ProjectCalls.name(), "description", tooLarge)
                .fails("400/800");
        assertThat(tasks.get(task).path("comment").asString()).isEqualTo("before");

        var large = "x".repeat(10 << 20);
        for (var answer : List.of(
                tasks.on(task, "edit", "name", large),
                tasks.on(task, "update_tags", "ids", List.of(task), "add_tags", List.of(large)),
                projects.call("create", "name", large),
                projects.call("update", "project", projects.create(ProjectCalls.name()), "name", large),
                tasks.api().call("models.create", Map.of("name", large, "uri", "")))) {
            assertThat(answer.isEnvelope().status()).as(answer.message()).isIn(200, 400);
        }
        tasks.on(task, "delete", "force", true).ok();
        projects.call("get_all", "name", "^x{100}", "only_fields", List.of("id"))
                .ok()
                .data()
                .path("projects")
                .forEach(project -> projects.call(
                                "delete", "project", project.path("id").asString())
                        .ok());
        tasks.api()
                .call("models.get_all", Map.of("name", "^x{100}", "only_fields", List.of("id")))
                .ok()
                .data()
                .path("models")
                .forEach(model -> tasks.api()
                        .call("models.delete", Map.of("model", model.path("id").asString()))
                        .ok());
    }
}
