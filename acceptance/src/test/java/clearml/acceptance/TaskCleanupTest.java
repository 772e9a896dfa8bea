package clearml.acceptance;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class TaskCleanupTest {

    private final TaskCalls tasks = new TaskCalls();

    @Test
    void aResetTaskForgetsWhatItMadeAndKeepsWhatItWasTold() {
        var task = tasks.create(
                "hyperparams", Map.of("Args", Map.of("a", Map.of("section", "Args", "name", "a", "value", "1"))));
        var made = Map.of("key", "out", "type", "dict", "uri", "http://localhost:8081/acceptance/out");
        var read = Map.of("key", "in", "type", "dict", "mode", "input");
        tasks.on(task, "add_or_update_artifacts", "artifacts", List.of(made, read))
                .ok();
        var model = tasks.model(task);
        tasks.on(task, "add_or_update_model", "name", "m", "model", model, "type", "output", "iteration", 9)
                .ok();
        tasks.on(task, "edit_runtime", "add_or_update", Map.of("progress", "100"))
                .ok();
        tasks.bring(task, "failed");

        var answer = tasks.on(task, "reset", "return_file_urls", true).ok().data();

        assertThat(answer.path("deleted_models").asInt()).isEqualTo(1);
        assertThatJson(answer.path("urls").toString())
                .isEqualTo("{model_urls: ['s3://bucket/" + task
                        + "'], artifact_urls: ['http://localhost:8081/acceptance/out'], event_urls: []}");
        var reset = tasks.get(task);
        assertThat(reset.path("status").asString()).isEqualTo("created");
        assertThat(reset.path("status_message").asString()).isEqualTo("reset");
        assertThat(reset.path("last_iteration").asInt()).isZero();
        assertThat(reset.at("/execution/artifacts").size()).isEqualTo(1);
        assertThat(reset.at("/hyperparams/Args/a/value").asString()).isEqualTo("1");
        assertThat(reset.at("/models/output").isEmpty()).isTrue();
        assertThat(reset.path("runtime").isEmpty()).isTrue();
        assertThat(reset.has("started") || reset.has("completed")).isFalse();
        tasks.api().call("models.get_by_id", Map.of("model", model)).fails("400/201");
    }

    @Test
    void aResetTaskHasNoEvents() {
        var task = tasks.bring(tasks.create(), "in_progress");
        var event = Map.of("type", "log", "task", task, "msg", "hello", "level", "INFO", "worker", "w");
        tasks.api().call("events.add", event).ok();
        assertThat(logLines(task)).isEqualTo(1);

        tasks.on(task, "reset").ok();

        assertThat(logLines(task)).isZero();
    }

    private int logLines(String task) {
        return tasks.api()
                .call("events.get_task_log", Map.of("task", task))
                .ok()
                .data()
                .path("total")
                .asInt();
    }

    @Test
    void publishedWorkIsNotResetOrDeletedUnlessForced() {
        var task = tasks.bring(tasks.create(), "published");

        tasks.on(task, "reset").fails("400/110");
        tasks.on(task, "delete").fails("400/123");
        tasks.on(task, "delete", "force", true).ok();
        tasks.on(task, "get_by_id").fails("400/101");
    }

    @Test
    void aTaskWithPublishedChildrenStaysInItsQueueWhenItCannotBeDeleted() {
        var parent = tasks.create();
        tasks.bring(tasks.create("parent", parent), "published");
        var queue = tasks.queue();
        tasks.on(parent, "enqueue", "queue", queue).ok();
        tasks.on(parent, "edit", "system_tags", List.of("archived"), "force", true)
                .ok();

        tasks.on(parent, "delete").fails("400/123");

        assertThat(tasks.entries(queue)).containsExactly(parent);
        tasks.on(parent, "delete", "force", true).ok();
        assertThat(tasks.entries(queue)).isEmpty();
    }

    @Test
    void childrenOfADeletedTaskRememberItsId() {
        var parent = tasks.create();
        var child = tasks.create("parent", parent);

        var answer = tasks.on(parent, "delete").ok().data();

        assertThatJson(answer.toString())
                .isEqualTo("{deleted: true, updated_children: 1, updated_models: 0, deleted_models: 0, urls: null}");
        assertThat(tasks.get(child).path("parent").asString()).isEqualTo("__DELETED__" + parent);
    }

    @Test
    void modelsThatOtherTasksUseOutliveTheTaskThatMadeThem() {
        var task = tasks.create();
        var model = tasks.model(task);
        var user = tasks.create();
        tasks.on(user, "add_or_update_model", "name", "m", "model", model, "type", "input")
                .ok();

        var answer = tasks.on(task, "delete").ok().data();

        assertThat(answer.path("deleted_models").asInt()).isZero();
        var kept = tasks.api()
                .call("models.get_by_id", Map.of("model", model))
                .ok()
                .data()
                .path("model");
        assertThat(kept.has("task")).isFalse();
    }

    /** Needs a server that deletes files, as a standalone one does by itself. */
    @Test
    void theFileOfAModelStaysWithIt() throws InterruptedException {
        Assumptions.assumeTrue(Server.underTest().standalone());
        var files = Server.underTest().files();
        var kept = upload();
        var gone = upload();
        var task = tasks.create();
        var model = tasks.api()
                .call(
                        "models.create",
                        Map.of("name", "acceptance model", "uri", files + kept, "task", task, "ready", false))
                .ok()
                .data()
                .path("id")
                .asString();
        var artifact = Map.of("key", "a", "type", "custom", "uri", files + gone);
        tasks.on(task, "add_or_update_artifacts", "artifacts", List.of(artifact))
                .ok();

        tasks.on(task, "delete", "delete_output_models", false).ok();

        for (var tries = 0; tries < 300 && stored(gone); tries++) {
            Thread.sleep(100);
        }
        assertThat(stored(gone)).isFalse();
        assertThat(stored(kept)).isTrue();
        assertThat(tasks.api()
                        .call("models.get_by_id", Map.of("model", model))
                        .ok()
                        .data()
                        .at("/model/task")
                        .asString())
                .isEqualTo("__DELETED__" + task);
    }

    private Api files() {
        return Api.at(Server.underTest().files()).bearer(tasks.api().token());
    }

    /** The path of a new file on the file server. */
    private String upload() {
        var path = "/acceptance/" + UUID.randomUUID();
        files().request("/")
                .body(
                        "multipart/form-data; boundary=b",
                        "--b\r\nContent-Disposition: form-data; name=\"" + path
                                + "\"; filename=\"f\"\r\n\r\ncontent\r\n--b--\r\n")
                .send();
        assertThat(stored(path)).isTrue();
        return path;
    }

    private boolean stored(String path) {
        return files().request(path).method("GET").send().status() == 200;
    }

    @Test
    void stepsGoWithTheirPipeline() {
        var pipeline = tasks.create("type", "controller");
        var step = tasks.bring(tasks.create("parent", pipeline), "completed");

        tasks.on(pipeline, "delete", "include_pipeline_steps", true).ok();

        tasks.on(step, "get_by_id").fails("400/101");
    }

    @Test
    void publishedStepsOfAPipelineDoNotKeepItWhenTheyGoToo() {
        var pipeline = tasks.create("type", "controller");
        var step = tasks.bring(tasks.create("parent", pipeline), "published");

        tasks.on(pipeline, "delete").fails("400/123");
        tasks.on(pipeline, "delete", "include_pipeline_steps", true).ok();

        tasks.on(step, "get_by_id").fails("400/101");
    }

    @Test
    void aBatchTellsEachFailureBesideTheSuccesses() {
        var task = tasks.create();

        var answer = tasks.call("delete_many", Map.of("ids", List.of(task, "unknown")))
                .ok()
                .data();

        assertThat(answer.at("/succeeded/0/id").asString()).isEqualTo(task);
        assertThat(answer.at("/failed/0/id").asString()).isEqualTo("unknown");
        assertThatJson(answer.at("/failed/0/error/codes").toString()).isEqualTo("[400, 101]");
    }

    @Test
    void aCloneIsADraftWithoutWhatTheSourceMade() {
        var project = tasks.project();
        var source = tasks.create(
                "project", project, "tags", List.of("b", "a"), "system_tags", List.of("development", "mine"));
        var made = Map.of("key", "out", "type", "dict");
        tasks.on(source, "add_or_update_artifacts", "artifacts", List.of(made)).ok();
        tasks.bring(source, "completed");

        var clone = tasks.get(tasks.on(source, "clone", "new_task_name", "acceptance clone", "new_task_tags", List.of())
                .ok()
                .data()
                .path("id")
                .asString());

        assertThat(clone.path("name").asString()).isEqualTo("acceptance clone");
        assertThat(clone.path("status").asString()).isEqualTo("created");
        assertThat(clone.path("parent").asString()).isEqualTo(source);
        assertThat(clone.path("project").asString()).isEqualTo(project);
        assertThatJson(clone.path("tags").toString()).isEqualTo("['a', 'b']");
        assertThatJson(clone.path("system_tags").toString()).isEqualTo("['mine']");
        assertThat(clone.at("/execution/artifacts").isEmpty()).isTrue();
    }
}
