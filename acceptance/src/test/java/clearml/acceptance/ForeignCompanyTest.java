package clearml.acceptance;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What another company has is not there, whoever knows its ids. Other companies are not made by calls, so by hand. */
class ForeignCompanyTest {

    private static final String TASK = id();
    private static final String MODEL = id();
    private static final String PROJECT = id();
    /** Our own, with references to the others. */
    private static final String OWN = id();

    private final TaskCalls tasks = new TaskCalls();
    private final ProjectCalls projects = new ProjectCalls();

    private static String id() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    @BeforeAll
    static void insert() {
        try (var client = MongoClients.create(Server.mongo())) {
            var database = client.getDatabase("backend");
            database.getCollection("project")
                    .insertOne(document(PROJECT, "foreign").append("basename", "secret " + PROJECT));
            database.getCollection("task").insertOne(document(TASK, "foreign").append("project", PROJECT));
            database.getCollection("model")
                    .insertOne(document(MODEL, "foreign").append("uri", "").append("ready", false));
            database.getCollection("task")
                    .insertOne(document(OWN, ShippedDefaults.COMPANY)
                            .append("project", PROJECT)
                            .append("parent", TASK)
                            .append("tags", List.of()));
        }
    }

    private static Document document(String id, String company) {
        return new Document("_id", id)
                .append("company", company)
                .append("user", "somebody")
                .append("name", "secret " + id)
                .append("type", "training")
                .append("status", "created")
                .append("created", new Date())
                .append("last_update", new Date())
                .append("tags", List.of("secret"));
    }

    @Test
    void tasks() {
        for (var endpoint : List.of("get_by_id", "edit", "update", "stop", "delete", "reset", "enqueue", "clone")) {
            tasks.on(TASK, endpoint, "comment", "x").fails("400/101");
        }
        for (var endpoint : List.of("get_all", "get_all_ex", "get_by_id_ex")) {
            assertThat(tasks.call(endpoint, Map.of("id", List.of(TASK)))
                            .ok()
                            .data()
                            .path("tasks")
                            .isEmpty())
                    .isTrue();
        }
        tasks.call("update_tags", Map.of("ids", List.of(TASK), "add_tags", List.of("x")))
                .fails("400/101");
        tasks.call("make_public", Map.of("ids", List.of(TASK))).fails("400/101");
        assertThatJson(tasks.call("delete_many", Map.of("ids", List.of(TASK), "force", true))
                        .ok()
                        .data()
                        .at("/failed/0/error/codes")
                        .toString())
                .isEqualTo("[400, 101]");
    }

    @Test
    void modelsAndProjects() {
        for (var endpoint : List.of("get_by_id", "edit", "update", "delete", "set_ready")) {
            tasks.api()
                    .call("models." + endpoint, Map.of("model", MODEL, "comment", "x"))
                    .fails("400/201");
        }
        for (var endpoint : List.of("get_by_id", "update", "move", "merge", "validate_delete", "delete")) {
            projects.call(endpoint, "project", PROJECT, "new_location", "", "force", true)
                    .fails("400/401");
        }
        assertThat(projects.names("get_all", "id", List.of(PROJECT))).isEmpty();
        assertThat(projects.call("get_task_tags", "projects", List.of(PROJECT))
                        .ok()
                        .data()
                        .path("tags")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void events() {
        Map<String, Object> ofTask = Map.of("type", "log", "task", TASK, "msg", "x");
        Map<String, Object> ofModel =
                Map.of("type", "training_stats_scalar", "model", MODEL, "model_event", true, "value", 1);
        assertThat(tasks.api().call("events.add", ofTask).fails("400/131").message())
                .contains("Invalid task id " + TASK);
        assertThat(tasks.api().call("events.add", ofModel).fails("400/131").message())
                .contains("Invalid model id " + MODEL);
        for (var endpoint : List.of(
                "get_task_log",
                "get_task_events",
                "get_task_plots",
                "scalar_metrics_iter_histogram",
                "delete_for_task")) {
            tasks.api().call("events." + endpoint, Map.of("task", TASK)).fails("400/101");
        }
        tasks.api().call("events.delete_for_model", Map.of("model", MODEL)).fails("400/201");
        tasks.api().call("events.clear_task_log", Map.of("task", TASK)).fails("400/101");
    }

    @Test
    void nothingMayReferToIt() {
        var task = tasks.create();
        var input = Map.of("input", List.of(Map.of("name", "m", "model", MODEL)));

        create("parent", TASK).fails("400/101");
        create("project", PROJECT).fails("400/401");
        create("models", input).fails("400/201");
        tasks.on(task, "edit", "parent", TASK).fails("400/101");
        tasks.on(task, "edit", "project", PROJECT).fails("400/401");
        tasks.on(task, "update", "project", PROJECT).fails("400/401");
        tasks.call("move", Map.of("ids", List.of(task), "project", PROJECT)).fails("400/401");
        assertThat(tasks.get(task).has("project") || tasks.get(task).has("parent"))
                .isFalse();
        tasks.api()
                .call("models.create", Map.of("name", "abc", "uri", "", "project", PROJECT))
                .fails("400/12");
        tasks.api()
                .call("models.create", Map.of("name", "abc", "uri", "", "task", TASK))
                .fails("400/101");
        projects.call("merge", "project", projects.create(ProjectCalls.name()), "destination_project", PROJECT)
                .fails("400/401");
    }

    private Answer create(String member, Object value) {
        return tasks.call("create", Map.of("name", "abc", "type", "training", member, value));
    }

    @Test
    void aReferenceToItTellsNothingButItsId() {
        var fields = List.of("project.name", "parent.name");

        assertThatJson(tasks.call("get_all_ex", Map.of("id", List.of(OWN), "only_fields", fields))
                        .ok()
                        .data()
                        .at("/tasks/0")
                        .toString())
                .isEqualTo("{id: '" + OWN + "', project: {id: '" + PROJECT + "'}, parent: {id: '" + TASK + "'}}");
    }
}
