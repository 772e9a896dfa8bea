package clearml.acceptance;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ModelsTest {

    private final Api api = Api.user();
    private final String name = "acceptance " + UUID.randomUUID();

    @Test
    void aModelIsPublishedUnlessItIsSaidNotToBe() {
        assertThat(model(create(Map.of())).path("ready").asBoolean()).isTrue();
        assertThat(model(create(Map.of("ready", false))).path("ready").asBoolean())
                .isFalse();
    }

    @Test
    void metadataComesBackUnderItsOwnKeyAndAsAListForOldClients() {
        var item = Map.of("key", "a.b", "type", "str", "value", "1");
        String id = create(Map.of("metadata", Map.of("a.b", item)));

        assertThatJson(model(id).path("metadata").toString())
                .isEqualTo("{\"a.b\":{\"key\":\"a.b\",\"type\":\"str\",\"value\":\"1\"}}");
        JsonNode old =
                api.call("v2.16/models.get_by_id", Map.of("model", id)).ok().data();
        assertThatJson(old.path("model").path("metadata").toString()).isEqualTo("[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "$x", "__x", "_x", "100%", "a b"})
    void metadataKeysMayHaveAnyCharacters(String key) {
        String id = create(Map.of());

        change("models.add_or_update_metadata", id, Map.of("metadata", List.of(item(key, "1"), item("other", "2"))));
        assertThat(model(id).path("metadata").propertyNames()).containsExactlyInAnyOrder(key, "other");
        change("models.edit", id, Map.of("metadata", Map.of(key, item(key, "3"))));
        assertThat(model(id).path("metadata").propertyNames()).containsExactly(key);
        change("models.delete_metadata", id, Map.of("keys", List.of(key)));
        assertThat(model(id).path("metadata").isEmpty()).isTrue();
    }

    private static Map<String, String> item(String key, String value) {
        return Map.of("key", key, "type", "str", "value", value);
    }

    @Test
    void labelsAreNumbersAndNoTwoAreTheSame() {
        String id = create(Map.of("labels", Map.of("cat", 1, "dog", 2, "bird", 0, "fish", 0, "a.b", 3)));

        assertThatJson(model(id).path("labels").toString())
                .isEqualTo("{\"cat\":1,\"dog\":2,\"bird\":0,\"fish\":0,\"a.b\":3}");
        creating(Map.of("labels", Map.of("cat", 1, "dog", 1))).fails("400/800");
        creating(Map.of("labels", Map.of("cat", "1"))).fails("400/800");
        creating(Map.of("labels", Map.of("cat", 1.5))).fails("400/12");
        for (String endpoint : List.of("models.edit", "models.update")) {
            api.call(endpoint, Map.of("model", id, "labels", Map.of("cat", 1.5)))
                    .fails("400/12");
            api.call(endpoint, Map.of("model", id, "labels", Map.of("cat", 1, "dog", 1)))
                    .fails("400/800");
            api.call(endpoint, Map.of("model", id, "labels", "cat")).fails("400/16");
        }
        assertThat(model(id).path("labels").size()).isEqualTo(5);
    }

    @Test
    void aModelNeedsAnOwnProjectAndAWritableTask() {
        creating(Map.of("project", "unknown")).fails("400/12");
        creating(Map.of("task", "unknown")).fails("400/101");
        creating(Map.of("tags", List.of("__$x"))).fails("400/16");
        creating(Map.of("name", "ab")).fails("400/800");
        creating(Map.of("name", "\ud83d\ude00b")).fails("400/800");
    }

    @Test
    void editIgnoresNullAndUpdateIgnoresWhatIsNotItsToWrite() {
        String id = create(Map.of("comment", "first", "labels", Map.of("cat", 1), "framework", "Keras"));

        var edited = api.call("models.edit", "{\"model\":\"" + id + "\",\"comment\":null,\"framework\":\"PyTorch\"}")
                .ok()
                .data();
        assertThat(edited.path("fields").propertyNames())
                .containsExactlyInAnyOrder("framework", "last_change", "last_changed_by", "last_update");
        change("models.update", id, Map.of("labels", Map.of("dog", 2), "framework", "Other", "comment", "second"));

        JsonNode model = model(id);
        assertThat(model.path("comment").asString()).isEqualTo("second");
        assertThat(model.path("framework").asString()).isEqualTo("PyTorch");
        assertThatJson(model.path("labels").toString()).isEqualTo("{\"cat\":1}");
        var nothing =
                api.call("models.update", Map.of("model", id, "framework", "x")).ok();
        assertThatJson(nothing.data().toString()).isEqualTo("{\"updated\":0,\"fields\":{}}");
    }

    @Test
    void editingRaisesTheIterationOfTheTask() {
        String task = task();
        String id = create(Map.of("task", task));

        change("models.edit", id, Map.of("comment", "x", "iteration", 7));
        change("models.edit", id, Map.of("comment", "y", "iteration", 5));

        assertThat(taskOf(task).path("last_iteration").asInt()).isEqualTo(7);
    }

    @Test
    void editRefusesReferencesToNothing() {
        String id = create(Map.of());

        for (String field : List.of("project", "parent", "task")) {
            api.call("models.edit", Map.of("model", id, field, "unknown")).fails("400/16");
        }
        api.call("models.edit", Map.of("model", id, "task", "__DELETED__x", "comment", "z"))
                .ok();
        assertThat(model(id).has("task")).isFalse();
    }

    @Test
    void aModelIsPublishedOnce() {
        String id = create(Map.of("ready", false));

        var answer = api.call("models.set_ready", Map.of("model", id)).ok();
        assertThatJson(answer.data().toString()).isEqualTo("{\"updated\":1,\"fields\":{}}");
        api.call("models.set_ready", Map.of("model", id)).fails("400/203");
        assertThat(model(id).path("ready").asBoolean()).isTrue();
    }

    @Test
    void aModelOfADraftStaysUnpublishedWithItsTask() {
        String id = create(Map.of("ready", false, "task", task()));

        api.call("models.set_ready", Map.of("model", id)).fails("400/110");
        assertThat(model(id).path("ready").asBoolean()).isFalse();
        api.call("models.set_ready", Map.of("model", id, "publish_task", false)).ok();
        assertThat(model(id).path("ready").asBoolean()).isTrue();
    }

    @Test
    void publishingAModelPublishesItsTask() {
        String task = task();
        api.call("tasks.started", Map.of("task", task)).ok();
        api.call("tasks.stopped", Map.of("task", task)).ok();
        String id = create(Map.of("ready", false, "task", task));

        JsonNode published =
                api.call("models.set_ready", Map.of("model", id)).ok().data().path("published_task");

        assertThat(published.path("id").asString()).isEqualTo(task);
        assertThat(published.path("data").path("fields").path("status").asString())
                .isEqualTo("published");
        assertThat(taskOf(task).path("status").asString()).isEqualTo("published");
    }

    @Test
    void publishingManyTellsWhatFailed() {
        String id = create(Map.of("ready", false));

        JsonNode answer = api.call("models.publish_many", Map.of("ids", List.of(id, "unknown")))
                .ok()
                .data();

        assertThatJson(answer.path("succeeded").toString())
                .isEqualTo("[{\"id\":\"" + id + "\",\"updated\":true,\"published_task\":null}]");
        assertThatJson(answer.path("failed").path(0).path("error").path("codes").toString())
                .isEqualTo("[400,201]");
        assertThat(answer.path("failed").path(0).path("id").asString()).isEqualTo("unknown");
    }

    @Test
    void archivingManyAddsTheTagOnce() {
        String id = create(Map.of());

        api.call("models.archive_many", Map.of("ids", List.of(id))).ok();
        api.call("models.archive_many", Map.of("ids", List.of(id))).ok();
        assertThatJson(model(id).path("system_tags").toString()).isEqualTo("[\"archived\"]");
        api.call("models.unarchive_many", Map.of("ids", List.of(id))).ok();
        assertThatJson(model(id).path("system_tags").toString()).isEqualTo("[]");
    }

    @Test
    void tagsAreAddedAndRemoved() {
        String id = create(Map.of("tags", List.of("a", "b")));

        var answer = api.call(
                "models.update_tags",
                Map.of("ids", List.of(id, "unknown"), "add_tags", List.of("c", "a"), "remove_tags", List.of("b")));

        assertThat(answer.ok().data().path("updated").asInt()).isEqualTo(2);
        assertThatJson(model(id).path("tags").toString()).isEqualTo("[\"a\",\"c\"]");
        api.call("models.update_tags", Map.of("ids", List.of(id))).fails("400/12");
    }

    @Test
    void modelsMoveIntoProjectsThatAreMadeForThem() {
        String id = create(Map.of());

        String project = api.call("models.move", Map.of("ids", List.of(id), "project_name", name + "/below"))
                .ok()
                .data()
                .path("project_id")
                .asString();
        assertThat(model(id).path("project").asString()).isEqualTo(project);
        api.call("models.move", "{\"ids\":[\"" + id + "\"],\"project\":null}").ok();
        assertThat(model(id).has("project")).isFalse();
        api.call("models.move", Map.of("ids", List.of(id))).fails("400/11");
    }

    @Test
    void aModelThatIsUsedIsDeletedByForceOnly() {
        String id = create(Map.of());
        String user = api.call(
                        "tasks.create",
                        Map.of(
                                "name",
                                name,
                                "type",
                                "testing",
                                "models",
                                Map.of("input", List.of(Map.of("name", "in", "model", id)))))
                .ok()
                .data()
                .path("id")
                .asString();

        api.call("models.delete", Map.of("model", id)).fails("400/205");
        var answer =
                api.call("models.delete", Map.of("model", id, "force", true)).ok();

        assertThatJson(answer.data().toString()).isEqualTo("{\"deleted\":true,\"url\":\"file:///x\"}");
        assertThat(taskOf(user)
                        .path("models")
                        .path("input")
                        .path(0)
                        .path("model")
                        .asString())
                .isEqualTo("__DELETED__" + id);
        api.call("models.delete", Map.of("model", id)).fails("400/201");
    }

    @Test
    void theTaskForgetsADeletedModel() {
        String task = task();
        String id = create(Map.of("task", task));
        var output = Map.of("task", task, "name", "out", "model", id, "type", "output");
        api.call("tasks.add_or_update_model", output).ok();

        JsonNode answer = api.call("models.delete_many", Map.of("ids", List.of(id, "unknown")))
                .ok()
                .data();

        assertThatJson(answer.path("succeeded").toString())
                .isEqualTo("[{\"id\":\"" + id + "\",\"deleted\":true,\"url\":\"file:///x\"}]");
        assertThat(answer.path("failed").size()).isEqualTo(1);
        assertThat(taskOf(task).path("models").path("output").isEmpty()).isTrue();
    }

    @Test
    void frameworksAreListed() {
        create(Map.of("framework", name));

        JsonNode frameworks = api.call("models.get_frameworks").ok().data().path("frameworks");

        assertThat(frameworks.valueStream().map(JsonNode::asString)).contains(name);
    }

    private Answer creating(Map<String, ?> members) {
        Map<String, Object> request = new HashMap<>(Map.of("name", name, "uri", "file:///x"));
        request.putAll(members);
        return api.call("models.create", request);
    }

    private String create(Map<String, ?> members) {
        return creating(members).ok().data().path("id").asString();
    }

    private JsonNode model(String id) {
        return api.call("models.get_by_id", Map.of("model", id)).ok().data().path("model");
    }

    private void change(String endpoint, String id, Map<String, ?> members) {
        Map<String, Object> request = new HashMap<>(members);
        request.put("model", id);
        assertThat(api.call(endpoint, request).ok().data().path("updated").asInt())
                .isEqualTo(1);
    }

    private String task() {
        return api.call("tasks.create", Map.of("name", name, "type", "testing"))
                .ok()
                .data()
                .path("id")
                .asString();
    }

    private JsonNode taskOf(String id) {
        return api.call("tasks.get_by_id", Map.of("task", id)).ok().data().path("task");
    }
}
