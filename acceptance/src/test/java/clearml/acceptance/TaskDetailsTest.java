package clearml.acceptance;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Configuration, requirements, runtime, validation, and how changes are refused. */
class TaskDetailsTest {

    private final TaskCalls tasks = new TaskCalls();

    private static Map<String, String> item(String name, String value) {
        return Map.of("name", name, "value", value);
    }

    private List<String> names(String task, Object... members) {
        var body = ProjectCalls.body(members);
        body.put("tasks", List.of(task));
        return tasks.call("get_configuration_names", body)
                .ok()
                .data()
                .at("/configurations/0/names")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    @Test
    void configurationIsAddedReplacedAndDeletedByName() {
        var task = tasks.create();

        tasks.on(task, "edit_configuration", "configuration", List.of(item("b.c", "1"), item("a", "")))
                .ok();
        tasks.on(task, "edit_configuration", "configuration", List.of(item("d", "2")))
                .ok();
        assertThat(names(task)).containsExactly("b.c", "d");
        assertThat(names(task, "skip_empty", false)).containsExactly("a", "b.c", "d");
        assertThatJson(tasks.call("get_configurations", Map.of("tasks", List.of(task), "names", List.of("b.c")))
                        .ok()
                        .data()
                        .toString())
                .isEqualTo("{configurations: [{task: '" + task + "', configuration: [{name: 'b.c', value: '1'}]}]}");
        assertThatJson(tasks.on(task, "delete_configuration", "configuration", List.of("b.c", "unknown"))
                        .ok()
                        .data()
                        .toString())
                .isEqualTo("{deleted: 1}");
        assertThat(names(task)).containsExactly("d");
        tasks.on(task, "edit_configuration", "configuration", List.of(item("e", "3")), "replace_configuration", true)
                .ok();
        assertThat(names(task, "skip_empty", false)).containsExactly("e");
    }

    @Test
    void configurationOfUnknownTasks() {
        tasks.call("get_configurations", Map.of("tasks", List.of("unknown"))).fails("400/101");
        tasks.call("get_hyper_params", Map.of("tasks", List.of("unknown"))).fails("400/101");
        assertThatJson(tasks.call("get_configuration_names", Map.of("tasks", List.of("unknown")))
                        .ok()
                        .data()
                        .toString())
                .isEqualTo("{configurations: []}");
        tasks.call("get_configurations", Map.of("tasks", List.of())).fails("400/12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"in", "all", "type", "size", "not", "a.b", "x_", "_x", "__"})
    void wordsThatMeanSomethingToADatabaseAreNamesLikeOthers(String name) {
        var task = tasks.create("runtime", Map.of("other", 1), "configuration", Map.of("other", item("other", "1")));
        tasks.on(task, "edit_configuration", "configuration", List.of(item(name, "1")))
                .ok();
        tasks.on(task, "delete_configuration", "configuration", List.of(name)).ok();
        assertThat(names(task)).containsExactly("other");

        tasks.on(task, "edit_runtime", "add_or_update", Map.of(name, "v")).ok();
        assertThat(tasks.get(task).path("runtime").size()).isEqualTo(2);
        tasks.on(task, "edit_runtime", "remove", List.of(name)).ok();
        assertThatJson(tasks.get(task).path("runtime").toString()).isEqualTo("{other: 1}");

        var parameters = List.of(
                Map.of("section", name, "name", name, "value", "1"),
                Map.of("section", "other", "name", "other", "value", "1"));
        tasks.on(task, "edit_hyper_params", "hyperparams", parameters).ok();
        tasks.on(task, "delete_hyper_params", "hyperparams", List.of(Map.of("section", name)))
                .ok();
        assertThatJson(tasks.get(task).path("hyperparams").toString())
                .isEqualTo("{other: {other: {section: 'other', name: 'other', value: '1'}}}");
    }

    @Test
    void aRuntimeChangeOfNothingChangesNothing() {
        assertThatJson(tasks.on(tasks.create(), "edit_runtime").ok().data().toString())
                .isEqualTo("{updated: 0}");
    }

    @Test
    void aSectionIsEmptiedByNamingItAlone() {
        var task = tasks.create();
        var parameter = Map.of("section", "Args", "name", "a", "value", "1");
        tasks.on(task, "edit_hyper_params", "hyperparams", List.of(parameter)).ok();

        tasks.on(
                        task,
                        "edit_hyper_params",
                        "hyperparams",
                        List.of(Map.of("section", "Args")),
                        "replace_hyperparams",
                        "section")
                .ok();

        assertThat(tasks.get(task).at("/hyperparams/Args").isEmpty()).isTrue();
        tasks.on(task, "edit_hyper_params", "hyperparams", List.of(Map.of("section", "Args")))
                .fails("400/12");
        tasks.on(task, "edit_hyper_params", "hyperparams", List.of()).fails("400/12");
        tasks.on(
                        task,
                        "delete_hyper_params",
                        "hyperparams",
                        List.of(Map.of("section", "Args"), Map.of("section", "Args", "name", "a")))
                .fails("400/15");
    }

    @Test
    void requirementsAreSetInAnyStatus() {
        var task = tasks.bring(tasks.create(), "completed");

        assertThatJson(tasks.on(task, "set_requirements", "requirements", Map.of("pip", "a==1"))
                        .ok()
                        .data()
                        .toString())
                .isEqualTo("{updated: 1, fields: {}}");
        assertThatJson(tasks.get(task).at("/script/requirements").toString()).isEqualTo("{pip: 'a==1'}");
        tasks.on(task, "set_requirements").fails("400/12");
        tasks.on("unknown", "set_requirements", "requirements", Map.of()).fails("400/101");
    }

    @Test
    void validatingSaysWhatCreatingWould() {
        assertThatJson(tasks.call("validate", Map.of("name", "abc", "type", "training"))
                        .ok()
                        .data()
                        .toString())
                .isEqualTo("{}");
        tasks.call("validate", Map.of("name", "abc", "type", "wrong")).fails("400/12");
        tasks.call("validate", Map.of("type", "training")).fails("400/12");
        tasks.call("validate", Map.of("name", "abc", "type", "training", "parent", "unknown"))
                .fails("400/16");
        tasks.call("validate", Map.of("name", "abc", "type", "training", "parent", "__DELETED__x"))
                .ok();
        tasks.call("validate", Map.of("name", "abc", "type", "training", "project", "unknown"))
                .fails("400/16");
        tasks.call("validate", Map.of("name", "abc", "type", "training", "tags", List.of("__$x")))
                .fails("400/16");
    }

    @Test
    void whatEditingCannotStoreIsRefused() {
        var task = tasks.create("comment", "before");
        for (var wrong : List.of(
                Map.of("status", "wrong"),
                Map.of("name", "ab"),
                Map.of("type", "wrong"),
                Map.of("tags", List.of(1)),
                Map.of("tags", "text"),
                Map.of("script", "text"),
                Map.of("script", Map.of("unknown", "x")),
                Map.of("hyperparams", Map.of("Args", "text")),
                Map.of("hyperparams", Map.of("Args", Map.of("a", Map.of("section", "Args", "name", "a", "value", 5)))),
                Map.of("project", "unknown"),
                Map.of("parent", "unknown"))) {
            var body = new java.util.HashMap<String, Object>(wrong);
            body.put("task", task);
            body.put("comment", "after");
            assertThat(tasks.call("edit", body).status()).as("%s", wrong).isEqualTo(400);
        }
        assertThat(tasks.get(task).path("comment").asString()).isEqualTo("before");
    }

    @Test
    void updatingGoesIntoOwnProjectsOnly() {
        var projects = new ProjectCalls();
        var shared = projects.create(ProjectCalls.name());
        projects.call("make_public", "ids", List.of(shared)).ok();
        var task = tasks.create();

        tasks.on(task, "update", "project", shared).fails("403/21");
        tasks.on(task, "update", "project", "unknown").fails("400/16");
        tasks.on(task, "update", "name", " a ").fails("400/800");
        assertThatJson(tasks.on(task, "update", "status", "published", "unknown", 1)
                        .ok()
                        .data()
                        .toString())
                .isEqualTo("{updated: 0, fields: {}}");
        assertThat(tasks.status(task)).isEqualTo("created");
    }

    @ParameterizedTest
    @ValueSource(strings = {"update", "update_batch", "edit"})
    void tagsAreListsWithoutOperators(String endpoint) {
        var task = tasks.create("tags", List.of("before"));

        for (var wrong : List.of("text", 5, List.of("__$and"), List.of("a", "__$not"))) {
            tasks.on(task, endpoint, "tags", wrong).fails("400/16");
            tasks.on(task, endpoint, "system_tags", wrong).fails("400/16");
        }

        assertThatJson(tasks.get(task).path("tags").toString()).isEqualTo("['before']");
    }

    @Test
    void updatingTellsWhatItWrote() {
        var task = tasks.create();

        var fields = tasks.on(
                        task,
                        "update",
                        "name",
                        "new name",
                        "tags",
                        List.of("b", "a"),
                        "comment",
                        "c",
                        "output__error",
                        "e")
                .ok()
                .data()
                .path("fields");

        assertThat(fields.path("name").asString()).isEqualTo("new name");
        assertThatJson(fields.path("tags").toString()).isEqualTo("['a', 'b']");
        assertThat(fields.has("last_change") && fields.has("last_changed_by")).isTrue();
        assertThat(tasks.get(task).at("/output/error").asString()).isEqualTo("e");
    }

    @Test
    void aProjectIsNotMadeForACloneThatFails() {
        var name = ProjectCalls.name();
        var task = tasks.create();

        tasks.on(task, "clone", "new_project_name", name, "new_task_name", "a").fails("400/800");
        tasks.on(task, "clone", "new_project_name", name, "new_task_parent", "unknown")
                .fails("400/101", "Invalid task id (invalid parent): parent=unknown");
        tasks.on(task, "clone", "new_task_project", "unknown").fails("400/401", "Invalid project id: id=unknown");
        assertThat(new ProjectCalls().named(name).isMissingNode()).isTrue();
        var made = tasks.on(task, "clone", "new_project_name", name).ok().data();
        assertThat(made.at("/new_project/name").asString()).isEqualTo(name);
        tasks.on("unknown", "clone").fails("400/101");
    }

    @Test
    void aCloneMayHaveOtherParameters() {
        var task = tasks.create(
                "hyperparams", Map.of("Args", Map.of("a", Map.of("section", "Args", "name", "a", "value", "1"))));

        var copy = tasks.on(task, "clone", "execution_overrides", Map.of("parameters", Map.of("b", 2)))
                .ok()
                .data()
                .path("id")
                .asString();

        var parameters = tasks.get(copy).at("/hyperparams/Args");
        assertThat(parameters.at("/a/value").asString()).isEqualTo("1");
        assertThat(parameters.at("/b/value").asString()).isEqualTo("2");
    }

    @Test
    void aTaskThatIsQueuedAgainRemembersWhatItWasBefore() {
        var task = tasks.bring(tasks.create(), "stopped");
        var queue = tasks.queue();
        tasks.on(task, "enqueue", "queue", queue).ok();

        tasks.on(task, "enqueue", "queue", queue).fails("400/706");
        tasks.on(task, "enqueue", "queue", tasks.queue()).ok();
        tasks.on(task, "dequeue").ok();

        assertThat(tasks.status(task)).isEqualTo("stopped");
    }

    @Test
    void aFailedEnqueueLeavesTheTaskInDevelopment() {
        var task = tasks.create("system_tags", List.of("development"));

        tasks.on(task, "enqueue", "queue", "unknown").fails("400/701");
        tasks.on(task, "enqueue", "queue_name", "ab").fails("400/800");

        assertThatJson(tasks.get(task).path("system_tags").toString()).isEqualTo("['development']");
        assertThat(tasks.get(task).path("execution").has("queue")).isFalse();
    }
}
