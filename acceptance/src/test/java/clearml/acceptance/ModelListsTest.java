package clearml.acceptance;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Models in lists, models of tasks for old clients, public models. */
class ModelListsTest {

    private final TaskCalls tasks = new TaskCalls();
    private final ProjectCalls projects = new ProjectCalls();
    private final String root = ProjectCalls.name();
    private String project;

    @BeforeEach
    void aProject() {
        project = projects.create(root);
    }

    private Answer call(String endpoint, Object... members) {
        return tasks.api()
                .call((endpoint.startsWith("v") ? endpoint : "models." + endpoint), ProjectCalls.body(members));
    }

    private List<String> ids(String endpoint, Object... members) {
        return call(endpoint, members)
                .ok()
                .data()
                .path("models")
                .valueStream()
                .map(row -> row.path("id").asString())
                .toList();
    }

    private JsonNode get(String model) {
        return call("get_by_id", "model", model).ok().data().path("model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"get_all", "get_all_ex"})
    void modelsAreFoundByWhatTheyAre(String endpoint) {
        var below = projects.create(root + "/below");
        var one = projects.model("project", project, "framework", "PyTorch", "ready", false);
        var two = projects.model("project", below, "tags", List.of("t"), "comment", "good");

        assertThat(ids(endpoint, "project", List.of(project))).containsExactly(one);
        assertThat(ids(endpoint, "project", List.of(project), "include_subprojects", true))
                .containsExactlyInAnyOrder(one, two);
        assertThat(all(endpoint, "ready", false)).containsExactly(one);
        assertThat(all(endpoint, "framework", List.of("PyTorch"))).containsExactly(one);
        assertThat(all(endpoint, "tags", List.of("t"))).containsExactly(two);
        assertThat(all(endpoint, "comment", "^go")).containsExactly(two);
        assertThat(all(endpoint, "_any_", Map.of("pattern", "GOOD", "fields", List.of("comment"))))
                .containsExactly(two);
        call(endpoint, "only_fields", List.of("nope")).fails("400/14");
        call(endpoint, "name", "(").fails("400/21");
    }

    private List<String> all(String endpoint, String field, Object value) {
        return ids(endpoint, "project", List.of(project), "include_subprojects", true, field, value);
    }

    @Test
    void theFormsOfReferencesAndTheNumberOfLabels() {
        var task = tasks.create("name", "the maker");
        var model = projects.model("project", project, "task", task, "labels", Map.of("cat", 1, "dog", 2));
        var fields = List.of("task.name", "project.name");

        assertThatJson(call("get_all_ex", "id", List.of(model), "only_fields", fields, "include_stats", true)
                        .ok()
                        .data()
                        .at("/models/0")
                        .toString())
                .isEqualTo("{id: '" + model + "', task: {id: '" + task + "', name: 'the maker'}, project: {id: '"
                        + project + "', name: '" + root + "'}, stats: {labels_count: 2}}");
        assertThat(get(model).path("task").asString()).isEqualTo(task);
        assertThat(get(model).has("ui_cache") || get(model).has("unique_metrics"))
                .isFalse();
        assertThat(ids("get_by_id_ex", "id", List.of(model, "unknown"))).containsExactly(model);
        call("get_by_id_ex").fails("400/11", "Missing required fields: missing=(id)");
        call("get_by_id", "model", "unknown").fails("400/201");
        call("get_by_id").fails("400/12");
    }

    @Test
    void metadataIsFoundAndOrderedAsNumbers() {
        var nine = projects.model("project", project, "metadata", metadata("9"));
        var ten = projects.model("project", project, "metadata", metadata("10"));

        assertThat(all("get_all", "metadata.a%2Eb.value", List.of("10"))).containsExactly(ten);
        assertThat(all("get_all", "order_by", List.of("metadata.a%2Eb.value"))).containsExactly(nine, ten);
        call("get_all", "metadata.a.b.c", List.of("1")).fails("400/12");
        assertThatJson(call("get_all_ex", "id", List.of(ten), "only_fields", List.of("metadata.a%2Eb.value"))
                        .ok()
                        .data()
                        .at("/models/0/metadata")
                        .toString())
                .isEqualTo("{'a.b': {value: '10'}}");
    }

    private static Map<String, ?> metadata(String value) {
        return Map.of("a.b", Map.of("key", "a.b", "type", "int", "value", value));
    }

    @Test
    void editedMetadataIsReadUnderTheSameKeys() {
        var model = projects.model();

        call("edit", "model", model, "metadata", metadata("1")).ok();

        assertThatJson(get(model).path("metadata").toString())
                .isEqualTo("{'a.b': {key: 'a.b', type: 'int', value: '1'}}");
    }

    @Test
    void aModelKeepsItsNameAndTagsWhenTheyAreUpdatedToNull() {
        var model = projects.model("name", "the model", "tags", List.of("t"));

        call("update", "model", model, "name", null, "tags", null, "comment", "c")
                .ok();

        assertThat(get(model).path("name").asString()).isEqualTo("the model");
        assertThatJson(get(model).path("tags").toString()).isEqualTo("['t']");
    }

    @Test
    void oldClientsMakeTheModelOfATask() {
        var task = tasks.create("name", "the maker", "project", project);

        var made = call("v2.13/models.update_for_task", "task", task, "uri", "s3://a")
                .ok()
                .data();
        assertThat(made.path("created").asBoolean()).isTrue();
        var model = get(made.path("id").asString());
        assertThat(model.path("project").asString()).isEqualTo(project);
        assertThat(model.path("ready").asBoolean()).isFalse();
        assertThat(tasks.get(task).at("/models/output/0/model").asString())
                .isEqualTo(model.path("id").asString());

        var again = call("v2.13/models.update_for_task", "task", task, "uri", "s3://b", "iteration", 7)
                .ok()
                .data();
        assertThat(again.path("created").asBoolean()).isFalse();
        assertThat(again.path("id")).isEqualTo(model.path("id"));
        assertThat(get(model.path("id").asString()).path("uri").asString()).isEqualTo("s3://b");
        assertThat(tasks.get(task).path("last_iteration").asInt()).isEqualTo(7);
        assertThat(call("v2.13/models.get_by_task_id", "task", task).ok().data().at("/model/id"))
                .isEqualTo(model.path("id"));

        var other = projects.model();
        call("v2.13/models.update_for_task", "task", task, "override_model_id", other)
                .ok();
        assertThat(call("v2.13/models.get_by_task_id", "task", task)
                        .ok()
                        .data()
                        .at("/model/id")
                        .asString())
                .isEqualTo(other);
    }

    @Test
    void whatOldClientsCannotDo() {
        var task = tasks.create();

        call("v2.13/models.update_for_task", "task", task).fails("400/11");
        call("v2.13/models.update_for_task", "task", task, "uri", "a", "override_model_id", "b")
                .fails("400/11");
        call("v2.13/models.update_for_task", "task", task, "override_model_id", "unknown")
                .fails("400/201");
        call("v2.13/models.update_for_task", "task", "unknown", "uri", "a").fails("400/101");
        call("v2.13/models.get_by_task_id", "task", task).fails("400/122");
        call("v2.13/models.get_by_task_id", "task", "unknown").fails("400/101");
        call("v2.13/models.update_for_task", "task", tasks.bring(task, "completed"), "uri", "a")
                .fails("400/110");
        call("update_for_task", "task", task, "uri", "a").fails("301/1");
        call("v2.14/models.get_by_task_id", "task", task).fails("301/1");
    }

    @Test
    void aPublicModelIsReadByAllAndWrittenByNobody() {
        var model = projects.model("project", project);

        assertThat(call("make_public", "ids", List.of(model))
                        .ok()
                        .data()
                        .path("updated")
                        .asInt())
                .isEqualTo(1);
        assertThat(get(model).path("company").asString()).isEmpty();
        for (var endpoint : List.of("edit", "update", "delete", "set_ready")) {
            call(endpoint, "model", model, "comment", "x").fails("400/201");
        }
        assertThat(ids("get_all_ex", "id", List.of(model), "allow_public", false))
                .isEmpty();
        call("make_public", "ids", List.of(model)).fails("400/201");
        call("make_private", "ids", List.of(model)).ok();
        call("edit", "model", model, "comment", "x").ok();
        call("make_private", "ids", List.of(model)).fails("400/201");
        call("v2.8/models.make_public").fails("404/0");
        call("v2.8/models.make_private").fails("404/0");
        call("v2.12/models.add_or_update_metadata").fails("404/0");
        call("v2.12/models.delete_metadata").fails("404/0");
    }
}
