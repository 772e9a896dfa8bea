package clearml.acceptance;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls about many tasks. */
class TaskBatchesTest {

    private final TaskCalls tasks = new TaskCalls();

    @ParameterizedTest
    @CsvSource({
        "stop_many, in_progress, stopped",
        "publish_many, completed, published",
        "dequeue_many, queued, created",
        "reset_many, failed, created",
        "enqueue_many, created, queued"
    })
    void eachTaskIsDoneOrToldWhyNot(String endpoint, String from, String to) {
        var task = tasks.bring(tasks.create(), from);
        var closed = tasks.bring(tasks.create(), "published");
        var queue = tasks.queue();
        Map<String, Object> body = new HashMap<>(Map.of("ids", List.of(task, closed, "unknown")));
        if (endpoint.equals("enqueue_many")) {
            body.put("queue", queue);
        }

        var data = tasks.call(endpoint, body).ok().data();

        assertThat(data.at("/succeeded/0/id").asString()).isEqualTo(task);
        assertThat(tasks.status(task)).isEqualTo(to);
        if (endpoint.equals("dequeue_many")) {
            assertThat(data.path("succeeded").size()).isEqualTo(3);
            assertThat(tasks.status(closed)).isEqualTo("published");
        } else {
            assertThat(data.path("succeeded").size()).isEqualTo(1);
            assertThatJson(data.at("/failed/0/error/codes").toString()).isEqualTo("[400, 110]");
            assertThatJson(data.at("/failed/1/error/codes").toString()).isEqualTo("[400, 101]");
            assertThat(data.at("/failed/1/error/data").isObject()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stop_many",
                "publish_many",
                "dequeue_many",
                "reset_many",
                "enqueue_many",
                "delete_many",
                "archive_many",
                "unarchive_many"
            })
    void aBatchIsOfSomething(String endpoint) {
        tasks.call(endpoint, Map.of("ids", List.of())).fails("400/12");
        tasks.call(endpoint, Map.of()).fails("400/12");
        tasks.call(endpoint, Map.of("ids", "text")).fails("400/12");
    }

    @Test
    void whatATaskRefersToIsCheckedBeforeItIsEnqueuedIfAsked() {
        var model = tasks.model(tasks.create());
        var input = List.of(Map.of("name", "in", "model", model));
        var task = tasks.create("models", Map.of("input", input));
        tasks.api().call("models.delete", Map.of("model", model, "force", true)).ok();
        Map<String, Object> body = new HashMap<>(Map.of("ids", List.of(task), "queue", tasks.queue()));

        body.put("validate_tasks", true);
        assertThatJson(tasks.call("enqueue_many", body)
                        .ok()
                        .data()
                        .at("/failed/0/error/codes")
                        .toString())
                .isEqualTo("[400, 201]");
        body.remove("validate_tasks");
        assertThat(tasks.call("enqueue_many", body)
                        .ok()
                        .data()
                        .at("/succeeded/0/queued")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void archivingIsOfAllOrOfNone() {
        var one = tasks.create();
        var other = tasks.create();

        tasks.call("archive", Map.of("tasks", List.of(one, "unknown"))).fails("400/101");
        assertThat(tasks.get(one).path("system_tags").isEmpty()).isTrue();
        assertThatJson(tasks.call("archive", Map.of("tasks", List.of(one, other)))
                        .ok()
                        .data()
                        .toString())
                .isEqualTo("{archived: 2}");
        assertThatJson(tasks.get(one).path("system_tags").toString()).isEqualTo("['archived']");
    }

    @Test
    void linesChangeATaskEach() {
        var one = tasks.create();
        var other = tasks.create();
        var lines = "{\"task\":\"" + one + "\",\"name\":\"lost\"}\n{\"task\":\"" + other
                + "\",\"comment\":\"c\"}\n{\"task\":\"" + one + "\",\"name\":\" kept \"}";

        var answer = batch(lines).ok();

        assertThat(answer.data().path("updated").asInt()).isEqualTo(2);
        assertThat(tasks.get(one).path("name").asString()).isEqualTo("kept");
        assertThat(tasks.get(other).path("comment").asString()).isEqualTo("c");
        assertThat(batch("").ok().data().path("updated").asInt()).isZero();
    }

    @Test
    void aBadLineSpoilsTheBatchBeforeAnythingIsChanged() {
        var task = tasks.create();
        var good = "{\"task\":\"" + task + "\",\"comment\":\"changed\"}\n";

        batch(good + "{\"task\":\"unknown\",\"comment\":\"c\"}").fails("400/101");
        assertThat(batch(good + "{\"comment\":\"c\"}").status()).isEqualTo(400);
        assertThat(batch(good + "{\"task\":\"" + tasks.create() + "\",\"name\":\"a\"}")
                        .status())
                .isEqualTo(400);
        assertThat(tasks.get(task).has("comment")).isFalse();
    }

    private Answer batch(String lines) {
        return tasks.api()
                .request("/tasks.update_batch")
                .body("application/json-lines", lines)
                .send();
    }

    @Test
    void moreThanFiveHundredTasksAreNoProblem() {
        var project = tasks.project();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 501; i++) {
            ids.add(tasks.create("project", project));
        }
        var last = ids.get(500);

        assertThat(tasks.call("get_hyper_params", Map.of("tasks", ids))
                        .ok()
                        .data()
                        .path("params")
                        .size())
                .isEqualTo(501);
        assertThat(tasks.call("get_configurations", Map.of("tasks", ids))
                        .ok()
                        .data()
                        .path("configurations")
                        .size())
                .isEqualTo(501);
        tasks.call("update_tags", Map.of("ids", ids, "add_tags", List.of("t"))).ok();
        assertThat(tasks.get(last).path("tags").size()).isEqualTo(1);
        tasks.call("move", ProjectCalls.body("ids", ids, "project", null)).ok();
        assertThat(tasks.get(last).has("project")).isFalse();
        tasks.call("archive", Map.of("tasks", ids)).ok();
        assertThat(tasks.get(last).path("system_tags").size()).isEqualTo(1);
        assertThat(tasks.call("delete_many", Map.of("ids", ids))
                        .ok()
                        .data()
                        .path("succeeded")
                        .size())
                .isEqualTo(501);
    }

    @Test
    void stepsOfAPipelineAreStoppedIfTheyRun() {
        var pipeline = tasks.bring(tasks.create("type", "controller"), "in_progress");
        var running = tasks.bring(tasks.create("parent", pipeline), "in_progress");
        var finished = tasks.bring(tasks.create("parent", pipeline), "completed");
        var draft = tasks.create("parent", pipeline);

        tasks.on(pipeline, "stop", "include_pipeline_steps", true).ok();

        assertThat(tasks.status(pipeline)).isEqualTo("stopped");
        assertThat(tasks.status(running)).isEqualTo("stopped");
        assertThat(tasks.status(finished)).isEqualTo("completed");
        assertThat(tasks.status(draft)).isEqualTo("created");
    }

    @Test
    void stepsOfAPipelineAreArchivedWithIt() {
        var pipeline = tasks.create("type", "controller");
        var step = tasks.create("parent", pipeline);

        tasks.call("archive_many", Map.of("ids", List.of(pipeline), "include_pipeline_steps", true))
                .ok();
        assertThatJson(tasks.get(step).path("system_tags").toString()).isEqualTo("['archived']");
        tasks.call("unarchive_many", Map.of("ids", List.of(pipeline), "include_pipeline_steps", true))
                .ok();
        assertThatJson(tasks.get(step).path("system_tags").toString()).isEqualTo("[]");
    }

    @Test
    void tagsAreAddedAndRemoved() {
        var task = tasks.create("tags", List.of("a", "b"));

        var answer = tasks.call(
                        "update_tags",
                        Map.of("ids", List.of(task), "add_tags", List.of("c", "a"), "remove_tags", List.of("b")))
                .ok();

        assertThat(answer.data().path("updated").asInt()).isEqualTo(2);
        assertThatJson(tasks.get(task).path("tags").toString()).isEqualTo("['a', 'c']");
        tasks.call("update_tags", Map.of("ids", List.of(task))).fails("400/12");
        tasks.call("update_tags", Map.of("ids", List.of("unknown"), "add_tags", List.of("x")))
                .fails("400/101");
    }

    @Test
    void tasksMoveIntoProjectsThatAreMadeForThem() {
        var task = tasks.create();
        var name = ProjectCalls.name() + "/place";

        var project = tasks.call("move", Map.of("ids", List.of(task), "project_name", name))
                .ok()
                .data()
                .path("project_id")
                .asString();

        assertThat(tasks.get(task).path("project").asString()).isEqualTo(project);
        tasks.call("move", Map.of("ids", List.of(task), "project", "")).ok();
        assertThat(tasks.get(task).path("project").asString("")).isEmpty();
        tasks.call("move", Map.of("ids", List.of(task))).fails("400/11");
        tasks.call("move", Map.of("ids", List.of(task), "project", "unknown")).fails("400/401");
        tasks.call("move", Map.of("ids", List.of("unknown"), "project", project))
                .fails("400/101");
    }

    @Test
    void aPublicTaskIsReadByAllAndWrittenByNobody() {
        var task = tasks.create();
        assertThat(tasks.call("make_public", Map.of("ids", List.of(task)))
                        .ok()
                        .data()
                        .path("updated")
                        .asInt())
                .isEqualTo(1);

        assertThat(tasks.get(task).path("company").asString()).isEmpty();
        for (var endpoint : List.of("update", "edit", "started", "stop", "reset", "delete", "publish", "close")) {
            tasks.on(task, endpoint, "comment", "x").fails("403/21");
        }
        tasks.call("move", ProjectCalls.body("ids", List.of(task), "project", null))
                .fails("403/21");
        tasks.call("make_public", Map.of("ids", List.of(task))).fails("400/101");
        assertThat(tasks.on(task, "clone").ok().data().path("id").asString()).isNotEqualTo(task);
        tasks.call("make_private", Map.of("ids", List.of(task))).ok();
        tasks.on(task, "update", "comment", "x").ok();
        tasks.call("make_private", Map.of("ids", List.of(task))).fails("400/101");
        tasks.api().call("v2.8/tasks.make_public").fails("404/0");
    }
}
