package clearml.acceptance;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Projects that go, with or without what lies in them. */
class ProjectDeletionTest {

    private final ProjectCalls projects = new ProjectCalls();
    private final TaskCalls tasks = projects.tasks();
    private final String root = ProjectCalls.name();
    private final String top = projects.create(root);
    private final String leaf = projects.create(root + "/leaf");

    @Test
    void whatWouldBeDeletedIsCounted() {
        tasks.create("project", leaf);
        tasks.create("project", leaf, "system_tags", List.of("archived"));
        tasks.create("project", leaf, "type", "report", "system_tags", List.of("reports"));
        projects.model("project", leaf);
        projects.create(root + "/.datasets", "system_tags", List.of("hidden"));
        var data = projects.create(root + "/.datasets/data", "system_tags", List.of("hidden", "dataset"));
        tasks.create("project", data, "type", "data_processing");
        projects.create(root + "/.pipelines", "system_tags", List.of("hidden"));
        var line = projects.create(root + "/.pipelines/line", "system_tags", List.of("hidden", "pipeline"));
        tasks.create("project", line, "type", "controller");

        assertThatJson(projects.call("validate_delete", "project", top)
                        .ok()
                        .data()
                        .toString())
                .isEqualTo("{pipelines: 1, datasets: 1, tasks: 2, non_archived_tasks: 1, models: 1,"
                        + " non_archived_models: 1, reports: 1, non_archived_reports: 1}");
    }

    @Test
    void aProjectInUseIsDeletedByForceOnly() {
        var task = tasks.create("project", leaf);
        projects.call("delete", "project", top).fails("400/402");
        tasks.call("archive_many", Map.of("ids", List.of(task))).ok();
        var model = projects.model("project", leaf);
        projects.call("delete", "project", top).fails("400/405");
        tasks.api().call("models.archive_many", Map.of("ids", List.of(model))).ok();

        assertThatJson(projects.call("delete", "project", top).ok().data().toString())
                .isEqualTo("{deleted: 2, disassociated_tasks: 1, deleted_models: 0, deleted_tasks: 0, urls: null}");
        assertThat(tasks.get(task).has("project")).isFalse();
        assertThat(modelOf(model).has("project")).isFalse();
        projects.call("get_by_id", "project", leaf).fails("400/401");
        projects.call("delete", "project", top).fails("400/401");
    }

    @Test
    void pipelinesAndDatasetsInUseAreToldApart() {
        projects.create(root + "/.datasets", "system_tags", List.of("hidden"));
        var data = projects.create(root + "/.datasets/data", "system_tags", List.of("hidden", "dataset"));
        tasks.create("project", data, "type", "data_processing");
        projects.call("delete", "project", top).fails("400/406");

        projects.create(root + "/.pipelines", "system_tags", List.of("hidden"));
        var line = projects.create(root + "/.pipelines/line", "system_tags", List.of("hidden", "pipeline"));
        tasks.create("project", line, "type", "controller");
        projects.call("delete", "project", top).fails("400/413");
        projects.call("delete", "project", top, "force", true).ok();
    }

    @Test
    void tasksThatRunAreDeletedByForceOnlyArchivedOrNot() {
        var task = tasks.bring(tasks.create("project", leaf, "system_tags", List.of("archived")), "in_progress");

        projects.call("delete", "project", top, "delete_contents", true).fails("400/402");
        assertThat(tasks.status(task)).isEqualTo("in_progress");
        assertThat(projects.get(leaf).path("id").asString()).isEqualTo(leaf);

        projects.call("delete", "project", top, "delete_contents", true, "force", true)
                .ok();
        tasks.on(task, "get_by_id").fails("400/101");
    }

    @Test
    void contentsGoWithTheProjectAndAreForgottenOutside() {
        var task = tasks.create("project", leaf);
        var artifact = Map.of("key", "k", "type", "dict", "uri", "/local/file");
        tasks.on(task, "add_or_update_artifacts", "artifacts", List.of(artifact))
                .ok();
        var model = projects.model("project", leaf, "task", task, "uri", "/local/model");
        var child = tasks.create("parent", task);
        var user = tasks.create("models", Map.of("input", List.of(Map.of("name", "in", "model", model))));
        var outside = projects.model("task", task);
        var queue = tasks.queue();
        tasks.on(task, "enqueue", "queue", queue).ok();

        var answer = projects.call("delete", "project", top, "force", true, "delete_contents", true)
                .ok()
                .data();

        assertThatJson(answer.toString())
                .isEqualTo("{deleted: 2, disassociated_tasks: 0, deleted_models: 1, deleted_tasks: 1,"
                        + " urls: {model_urls: ['/local/model'], artifact_urls: ['/local/file'], event_urls: []}}");
        tasks.on(task, "get_by_id").fails("400/101");
        tasks.api().call("models.get_by_id", Map.of("model", model)).fails("400/201");
        assertThat(tasks.get(child).path("parent").asString()).isEqualTo("__DELETED__" + task);
        assertThat(tasks.get(user).at("/models/input/0/model").asString()).isEqualTo("__DELETED__" + model);
        assertThat(modelOf(outside).path("task").asString()).isEqualTo("__DELETED__" + task);
        assertThat(tasks.entries(queue)).isEmpty();
    }

    private tools.jackson.databind.JsonNode modelOf(String id) {
        return tasks.api()
                .call("models.get_by_id", Map.of("model", id))
                .ok()
                .data()
                .path("model");
    }

    @Test
    void theEndOfAProjectIsNewsOfItsParent() throws InterruptedException {
        var before = projects.get(top).path("last_update").asString();
        Thread.sleep(5);

        projects.call("delete", "project", leaf).ok();

        assertThat(projects.get(top).path("last_update").asString()).isGreaterThan(before);
    }

    @Test
    void tagsOfDeletedProjectsAreNoLongerListed() {
        tasks.create("project", leaf, "tags", List.of("gone"));
        assertThat(projects.call("get_task_tags", "projects", List.of(top))
                        .data()
                        .path("tags")
                        .size())
                .isEqualTo(1);

        projects.call("delete", "project", leaf, "force", true).ok();

        assertThat(projects.call("get_task_tags", "projects", List.of(top))
                        .data()
                        .path("tags")
                        .isEmpty())
                .isTrue();
    }
}
