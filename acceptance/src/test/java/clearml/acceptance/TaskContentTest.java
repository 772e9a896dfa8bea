package clearml.acceptance;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskContentTest {

    private final TaskCalls tasks = new TaskCalls();

    @Test
    void aNewTaskHasEverythingThatClientsReadWithoutAsking() {
        var task = tasks.get(tasks.create("name", "  padded  "));

        assertThat(task.path("name").asString()).isEqualTo("padded");
        assertThatJson(task.path("execution").toString())
                .isEqualTo("{test_split: 0, parameters: {}, model_desc: {}, model_labels: {}, artifacts: []}");
        assertThatJson(task.path("script").toString())
                .isEqualTo("{binary: 'python', repository: '', entry_point: '', requirements: {}}");
        assertThatJson(task.path("models").toString()).isEqualTo("{input: [], output: []}");
        for (var empty : List.of("hyperparams", "configuration", "runtime", "container", "last_metrics", "output")) {
            assertThatJson(task.path(empty).toString()).as(empty).isEqualTo("{}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "$x", "__x_", "_x", "100%", "a b", "in", "a/b", "ключ"})
    void sectionsAndNamesMayHaveAnyCharacters(String key) {
        var task = tasks.create();
        var item = Map.of("section", key, "name", key, "value", "1");

        tasks.on(task, "edit", "hyperparams", Map.of(key, Map.of(key, item))).ok();
        assertThat(tasks.get(task)
                        .path("hyperparams")
                        .path(key)
                        .path(key)
                        .path("value")
                        .asString())
                .isEqualTo("1");
        tasks.on(task, "edit_hyper_params", "hyperparams", List.of(Map.of("section", key, "name", key, "value", "2")))
                .ok();
        assertThat(tasks.get(task)
                        .path("hyperparams")
                        .path(key)
                        .path(key)
                        .path("value")
                        .asString())
                .isEqualTo("2");
        tasks.on(task, "delete_hyper_params", "hyperparams", List.of(Map.of("section", key, "name", key)))
                .ok();
        assertThat(tasks.get(task).path("hyperparams").path(key).isEmpty()).isTrue();
    }

    @Test
    void hyperparametersAreReplacedByNameBySectionOrAltogether() {
        var task = tasks.create();
        edit(task, "none", parameter("a", "x", "1"), parameter("a", "y", "2"), parameter("b", "z", "3"));

        edit(task, "none", parameter("a", "x", "4"));
        assertThatJson(values(task)).isEqualTo("['a/x=4', 'a/y=2', 'b/z=3']");
        edit(task, "section", parameter("a", "w", "5"));
        assertThatJson(values(task)).isEqualTo("['a/w=5', 'b/z=3']");
        edit(task, "all", parameter("c", "v", "6"));
        assertThatJson(values(task)).isEqualTo("['c/v=6']");
    }

    private static Map<String, String> parameter(String section, String name, String value) {
        return Map.of("section", section, "name", name, "value", value);
    }

    private void edit(String task, String replace, Object... items) {
        tasks.on(task, "edit_hyper_params", "hyperparams", List.of(items), "replace_hyperparams", replace)
                .ok();
    }

    private List<String> values(String task) {
        return tasks.call("get_hyper_params", Map.of("tasks", List.of(task)))
                .ok()
                .data()
                .at("/params/0/hyperparams")
                .valueStream()
                .map(item -> item.path("section").asString()
                        + "/"
                        + item.path("name").asString()
                        + "="
                        + item.path("value").asString())
                .toList();
    }

    @Test
    void propertiesMayBeChangedInAnyStatusOtherParametersOnlyInDrafts() {
        var task = tasks.bring(tasks.create(), "published");

        edit(task, "none", parameter("Properties", "note", "good"));
        assertThatJson(values(task)).isEqualTo("['properties/note=good']");
        var other = List.of(parameter("Args", "a", "1"));
        tasks.on(task, "edit_hyper_params", "hyperparams", other).fails("400/110");
        tasks.on(task, "edit_hyper_params", "hyperparams", other, "force", true).fails("400/110");
    }

    @Test
    void artifactsAreOneOfAKeyAndMode() {
        var task = tasks.create();
        var first = Map.of("key", "a.b", "type", "dict", "uri", "s3://x/1");
        var second = Map.of("key", "a.b", "type", "dict", "uri", "s3://x/2", "unknown", 1);
        var input = Map.of("key", "a.b", "type", "dict", "mode", "input");

        tasks.on(task, "add_or_update_artifacts", "artifacts", List.of(first)).ok();
        tasks.on(task, "add_or_update_artifacts", "artifacts", List.of(second, input))
                .ok();

        assertThatJson(tasks.get(task).at("/execution/artifacts").toString())
                .isEqualTo("[{key: 'a.b', type: 'dict', mode: 'output', uri: 's3://x/2', display_data: []},"
                        + "{key: 'a.b', type: 'dict', mode: 'input', display_data: []}]");
        tasks.on(task, "add_or_update_artifacts", "artifacts", List.of(displaying(List.of("text"))))
                .fails("400/12");
        tasks.on(task, "delete_artifacts", "artifacts", List.of(Map.of("key", "a.b")))
                .ok();
        assertThat(tasks.get(task).at("/execution/artifacts").size()).isEqualTo(1);
    }

    @Test
    void aModelTakesThePlaceOfTheOneWithItsName() {
        var task = tasks.create();
        for (var name : List.of("a", "b", "a")) {
            tasks.on(task, "add_or_update_model", "name", name, "model", "m" + name, "type", "output", "iteration", 3)
                    .ok();
        }

        var output = tasks.get(task).at("/models/output");
        assertThat(output.valueStream().map(model -> model.path("name").asString()))
                .containsExactly("a", "b");
        assertThat(tasks.get(task).path("last_iteration").asInt()).isEqualTo(3);
        tasks.on(task, "delete_models", "models", List.of(Map.of("name", "a", "type", "output")))
                .ok();
        assertThat(tasks.get(task).at("/models/output").size()).isEqualTo(1);
    }

    @Test
    void editingChangesGivenMembersOfObjectsAndReplacesMaps() {
        var task = tasks.create(
                "script", Map.of("repository", "r", "binary", "python3"), "runtime", Map.of("a", 1, "b.c", "d"));

        var changes = new java.util.HashMap<String, Object>();
        changes.put("binary", null);
        changes.put("version_num", "5");
        var fields = tasks.on(task, "edit", "script", changes, "runtime", Map.of("z", List.of(1)))
                .ok()
                .data()
                .path("fields");

        var script = "{binary: 'python', repository: 'r', version_num: '5', entry_point: '', requirements: {}}";
        assertThatJson(fields.path("script").toString()).isEqualTo(script);
        assertThatJson(tasks.get(task).path("script").toString()).isEqualTo(script);
        assertThatJson(tasks.get(task).path("runtime").toString()).isEqualTo("{z: [1]}");
    }

    @Test
    void onlyDraftsAreEditedUnlessForced() {
        var task = tasks.bring(tasks.create(), "in_progress");

        tasks.on(task, "edit", "comment", "x").fails("400/110");
        tasks.on(task, "edit", "comment", "x", "force", true).ok();
        tasks.on(task, "update", "comment", "y").ok();
        assertThat(tasks.get(task).path("comment").asString()).isEqualTo("y");
    }

    @Test
    void oldClientsSeeAndWriteFlatParametersAndASingleModel() {
        var task = tasks.api()
                .call(
                        "v2.4/tasks.create",
                        Map.of(
                                "name",
                                "acceptance old",
                                "type",
                                "training",
                                "tags",
                                List.of("mine", "archived"),
                                "execution",
                                Map.of(
                                        "parameters",
                                        Map.of("lr", 0.5, "TF_DEFINE/x", true),
                                        "docker_cmd",
                                        "image:1 -e A=1")))
                .ok()
                .data()
                .path("id")
                .asString();

        var now = tasks.get(task);
        assertThatJson(now.at("/hyperparams/Args/lr").toString())
                .isEqualTo("{section: 'Args', name: 'lr', value: '0.5', type: 'legacy'}");
        assertThat(now.at("/hyperparams/TF_DEFINE/x/value").asString()).isEqualTo("True");
        assertThatJson(now.path("container").toString()).isEqualTo("{image: 'image:1', arguments: '-e A=1'}");
        var old = tasks.get("v2.4", task);
        assertThatJson(old.at("/execution/parameters").toString()).isEqualTo("{lr: '0.5', 'TF_DEFINE/x': 'True'}");
        assertThat(old.at("/execution/docker_cmd").asString()).isEqualTo("image:1 -e A=1");
        assertThat(tasks.get("v2.13", task).path("execution").has("docker_cmd")).isFalse();

        var changes = Map.of(
                "task",
                task,
                "tags",
                List.of("other", "archived"),
                "execution",
                Map.of("parameters", Map.of("lr", 1), "docker_cmd", "image:2"));
        var fields = tasks.api().call("v2.2/tasks.edit", changes).ok().data().path("fields");
        assertThatJson(fields.at("/execution/parameters").toString()).isEqualTo("{lr: '1'}");
        assertThat(fields.at("/execution/docker_cmd").asString()).isEqualTo("image:2");
        assertThatJson(fields.path("tags").toString()).isEqualTo("['archived', 'other']");
    }

    @Test
    void aDockerCommandIsReadAsItWasWrittenAndTheOneOfANewClientIsOnlyEchoed() {
        var task = tasks.create();
        var command = Map.of("docker_cmd", "image:1  -e  A=1", "model", "");
        var edited = Map.of("task", task, "execution", command);
        tasks.api().call("v2.4/tasks.edit", edited).ok();

        assertThat(tasks.get(task).at("/container/image").asString()).isEqualTo("image:1");
        assertThat(tasks.get("v2.4", task).at("/execution/docker_cmd").asString())
                .isEqualTo("image:1  -e  A=1");

        var other = Map.of("docker_cmd", "image:2", "model", "unknown");
        var fields = tasks.on(task, "edit", "execution", other).ok().data().path("fields");
        assertThat(fields.at("/execution/docker_cmd").asString()).isEqualTo("image:2");
        assertThat(fields.at("/execution/model").asString()).isEqualTo("unknown");
        assertThat(tasks.get(task).path("execution").has("docker_cmd")).isFalse();
        assertThat(tasks.get("v2.4", task).at("/execution/docker_cmd").asString())
                .isEqualTo("image:1  -e  A=1");
    }

    @Test
    void whatCannotBeStoredIsRefused() {
        var task = Map.of("name", "acceptance task", "type", "training");
        for (var wrong : List.of(
                Map.of("name", " a "),
                Map.of("name", "\ud83d\ude00a"),
                Map.of("tags", List.of("__$not")),
                Map.of("project", "unknown"),
                Map.of("parent", ""),
                Map.of("models", Map.of("input", List.of(Map.of("name", "a", "model", "unknown")))),
                Map.of("script", Map.of("unknown", "x")),
                Map.of("execution", Map.of("model_labels", Map.of("a", 1, "b", 1))),
                Map.of("execution", Map.of("artifacts", List.of(displaying("text")))),
                Map.of("execution", Map.of("artifacts", List.of(displaying(List.of(1))))),
                Map.of(
                        "execution",
                        Map.of(
                                "artifacts",
                                List.of(Map.of("key", "k", "type", "dict", "type_data", Map.of("preview", 5))))),
                Map.of("hyperparams", Map.of("", Map.of())))) {
            var body = new java.util.HashMap<String, Object>(task);
            body.putAll(wrong);
            assertThat(tasks.call("create", body).status()).as(wrong.toString()).isEqualTo(400);
        }
    }

    private static Map<String, Object> displaying(Object data) {
        return Map.of("key", "k", "type", "dict", "display_data", data);
    }
}
