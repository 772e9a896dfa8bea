package clearml.acceptance;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is in use in projects: tags, hyperparameters, metadata, metrics, parents, users. */
class ProjectValuesTest {

    private final ProjectCalls projects = new ProjectCalls();
    private final String root = ProjectCalls.name();
    private String top;
    private String leaf;

    @BeforeEach
    void aTree() {
        top = projects.create(root);
        leaf = projects.create(root + "/leaf");
    }

    private static Map<String, ?> parameters(String... values) {
        Map<String, Object> items = new java.util.HashMap<>();
        for (int i = 0; i < values.length; i++) {
            var name = "p" + i;
            items.put(name, Map.of("section", "Args", "name", name, "value", values[i]));
        }
        return Map.of("Args", items);
    }

    private JsonNode data(String endpoint, Object... members) {
        return projects.call(endpoint, members).ok().data();
    }

    @Test
    void tagsOfTasksAndModelsAreThoseInTheProjectsAndBelow() {
        projects.tasks().create("project", top, "tags", List.of("b"), "system_tags", List.of("archived"));
        projects.tasks().create("project", leaf, "tags", List.of("a", "b"));
        projects.model("project", leaf, "tags", List.of("m"));

        assertThatJson(data("get_task_tags", "projects", List.of(top)).toString())
                .isEqualTo("{tags: ['a', 'b']}");
        assertThatJson(data("get_task_tags", "projects", List.of(top), "include_system", true)
                        .toString())
                .isEqualTo("{tags: ['a', 'b'], system_tags: ['archived']}");
        assertThatJson(data(
                                "get_task_tags",
                                "projects",
                                List.of(top),
                                "filter",
                                Map.of("system_tags", List.of("archived")))
                        .toString())
                .isEqualTo("{tags: ['b']}");
        assertThatJson(data("get_model_tags", "projects", List.of(top)).toString())
                .isEqualTo("{tags: ['m']}");
    }

    @Test
    void tagsThatWereAddedAreThereAtOnce() {
        var task = projects.tasks().create("project", leaf, "tags", List.of("a"));
        var model = projects.model("project", leaf, "tags", List.of("m"));
        assertThat(data("get_task_tags", "projects", List.of(top)).path("tags").size())
                .isEqualTo(1);
        assertThat(data("get_model_tags", "projects", List.of(top)).path("tags").size())
                .isEqualTo(1);

        projects.tasks()
                .call("update_tags", Map.of("ids", List.of(task), "add_tags", List.of("b")))
                .ok();
        projects.tasks()
                .api()
                .call("models.update_tags", Map.of("ids", List.of(model), "add_tags", List.of("n")))
                .ok();

        assertThatJson(data("get_task_tags", "projects", List.of(top))
                        .path("tags")
                        .toString())
                .isEqualTo("['a', 'b']");
        assertThatJson(data("get_model_tags", "projects", List.of(top))
                        .path("tags")
                        .toString())
                .isEqualTo("['m', 'n']");
    }

    @Test
    void tagsThatWereEditedAreThereAtOnce() {
        var task = projects.tasks().create("project", leaf, "tags", List.of("a"));
        assertThatJson(data("get_task_tags", "projects", List.of(leaf)).toString())
                .isEqualTo("{tags: ['a']}");

        projects.tasks().on(task, "edit", "tags", List.of("b")).ok();

        assertThatJson(data("get_task_tags", "projects", List.of(leaf)).toString())
                .isEqualTo("{tags: ['b']}");
        assertThatJson(data("get_task_tags", "projects", List.of(top)).toString())
                .isEqualTo("{tags: ['b']}");
    }

    @Test
    void tagsOfProjectsAreTheirOwnAndThoseBelow() {
        projects.call("update", "project", leaf, "tags", List.of("t"), "system_tags", List.of("s"))
                .ok();

        assertThatJson(data("get_project_tags", "projects", List.of(top)).toString())
                .isEqualTo("{tags: ['t'], system_tags: []}");
        assertThatJson(data("get_project_tags", "projects", List.of(top), "include_system", true)
                        .toString())
                .isEqualTo("{tags: ['t'], system_tags: ['s']}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"get_task_tags", "get_model_tags", "get_project_tags"})
    void noProjectIsNoProjectToHaveTagsOf(String endpoint) {
        projects.call(endpoint, "projects", Arrays.asList(top, null)).fails("400/12");
        projects.call(endpoint, "projects", List.of(top), "filter", Map.of("tags", Arrays.asList("a", null)))
                .fails("400/12");
        assertThat(data(endpoint, "projects", List.of("unknown")).path("tags").isEmpty())
                .isTrue();
    }

    @Test
    void hyperparametersAreNamedOnce() {
        projects.tasks().create("project", top, "hyperparams", parameters("1", "2"));
        projects.tasks().create("project", leaf, "hyperparams", parameters("3", "4", "5"));

        var all = data("get_hyper_parameters", "project", top);
        assertThatJson(all.path("parameters").toString())
                .isEqualTo("[{section: 'Args', name: 'p0'}, {section: 'Args', name: 'p1'},"
                        + " {section: 'Args', name: 'p2'}]");
        assertThat(data("get_hyper_parameters", "project", top, "include_subprojects", false)
                        .path("parameters")
                        .size())
                .isEqualTo(2);
        assertThatJson(data("get_hyper_parameters", "project", top, "page", 1, "page_size", 2)
                        .path("parameters")
                        .toString())
                .isEqualTo("[{section: 'Args', name: 'p2'}]");
        assertThat(data("get_hyper_parameters", "project", top, "page", 9)
                        .path("parameters")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void valuesOfAHyperparameterAreInTheOrderOfNumbers() {
        projects.tasks().create("project", top, "hyperparams", parameters("10"));
        projects.tasks().create("project", leaf, "hyperparams", parameters("9"));
        projects.tasks().create("project", leaf, "hyperparams", parameters("9"));

        assertThatJson(data("get_hyperparam_values", "projects", List.of(top), "section", "Args", "name", "p0")
                        .path("values")
                        .toString())
                .isEqualTo("['9', '10']");
        assertThatJson(data(
                                "get_hyperparam_values",
                                "projects",
                                List.of(top),
                                "section",
                                "Args",
                                "name",
                                "p0",
                                "pattern",
                                "^1")
                        .path("values")
                        .toString())
                .isEqualTo("['10']");
        assertThatJson(data(
                                "get_hyperparam_values",
                                "projects",
                                List.of(top),
                                "section",
                                "Args",
                                "name",
                                "p0",
                                "include_subprojects",
                                false)
                        .path("values")
                        .toString())
                .isEqualTo("['10']");
        projects.call("get_hyperparam_values", "name", "p0").fails("400/12");
        projects.call("get_hyperparam_values", "section", "Args").fails("400/12");
        assertThatJson(data("get_hyperparam_values", "projects", List.of(top), "section", "a.b", "name", "$x")
                        .toString())
                .isEqualTo("{total: 0, values: []}");
    }

    @Test
    void metadataOfModelsIsListedByKeyAndByValue() {
        var item = Map.of("key", "a.b", "type", "str", "value", "v");
        projects.model("project", leaf, "metadata", Map.of("a.b", item));

        assertThatJson(data("get_model_metadata_keys", "project", top)
                        .path("keys")
                        .toString())
                .isEqualTo("['a.b']");
        assertThat(data("get_model_metadata_keys", "project", top, "include_subprojects", false)
                        .path("keys")
                        .isEmpty())
                .isTrue();
        assertThatJson(data("get_model_metadata_values", "projects", List.of(top), "key", "a.b")
                        .path("values")
                        .toString())
                .isEqualTo("['v']");
        projects.call("get_model_metadata_values").fails("400/12");
    }

    @Test
    void metricsAreNamedWithTheirHashes() {
        var tasks = projects.tasks();
        var task = tasks.bring(tasks.create("project", leaf), "in_progress");
        for (var variant : List.of("train", "test")) {
            var event = Map.of(
                    "type",
                    "training_stats_scalar",
                    "task",
                    task,
                    "metric",
                    "loss",
                    "variant",
                    variant,
                    "iter",
                    1,
                    "value",
                    0.5);
            tasks.api().call("events.add", event).ok();
        }

        var metrics = data("get_unique_metric_variants", "project", top).path("metrics");
        assertThat(metrics.valueStream().map(each -> each.path("variant").asString()))
                .containsExactly("test", "train");
        assertThat(metrics.at("/0/metric_hash").asString()).isEqualTo("81513effdf5790b79549208838404407");
        assertThat(data("get_unique_metric_variants", "project", top, "ids", List.of("unknown"))
                        .path("metrics")
                        .isEmpty())
                .isTrue();
        assertThat(data("get_unique_metric_variants", "project", top, "model_metrics", true)
                        .path("metrics")
                        .isEmpty())
                .isTrue();
        assertThat(data("get_unique_metric_variants", "project", "unknown")
                        .path("metrics")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void parentsOfTasksAreNamedWithTheirProjects() {
        var tasks = projects.tasks();
        var parent = tasks.create("name", "the parent", "project", top);
        var other = tasks.create("name", "a parent");
        tasks.create("project", leaf, "parent", parent);
        tasks.create("project", leaf, "parent", other, "system_tags", List.of("archived"));

        assertThatJson(data("get_task_parents", "projects", List.of(top))
                        .path("parents")
                        .toString())
                .isEqualTo("[{id: '" + other + "', name: 'a parent'}, {id: '" + parent
                        + "', name: 'the parent', project: {id: '" + top + "', name: '" + root + "'}}]");
        assertThat(parents("tasks_state", "active")).containsExactly("the parent");
        assertThat(parents("tasks_state", "archived")).containsExactly("a parent");
        assertThat(parents("task_name", "(?i)^THE")).containsExactly("the parent");
        projects.call("get_task_parents", "tasks_state", "wrong").fails("400/12");
    }

    private List<String> parents(String member, String value) {
        return data("get_task_parents", "projects", List.of(top), member, value)
                .path("parents")
                .valueStream()
                .map(task -> task.path("name").asString())
                .toList();
    }

    @Test
    void usersAreThoseWhoMadeTasksOrModels() {
        var user = TestUser.create();
        user.api()
                .call("tasks.create", Map.of("name", "of another", "type", "training", "project", leaf))
                .ok();

        assertThatJson(data("get_user_names", "projects", List.of(top)).toString())
                .isEqualTo("{users: [{id: '" + user.id() + "', name: '" + user.name() + "'}]}");
        assertThatJson(data("get_user_names", "projects", List.of(top), "entity", "model")
                        .toString())
                .isEqualTo("{users: []}");
        assertThatJson(data("get_user_names", "projects", List.of(top), "include_subprojects", false)
                        .toString())
                .isEqualTo("{users: []}");
        projects.call("get_user_names", "entity", "wrong").fails("400/12");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v2.8/projects.get_hyper_parameters",
                "v2.12/projects.get_hyperparam_values",
                "v2.7/projects.get_task_tags",
                "v2.7/projects.get_model_tags",
                "v2.8/projects.make_public",
                "v2.8/projects.make_private",
                "v2.11/projects.get_task_parents"
            })
    void olderVersionsHaveNotGotIt(String endpoint) {
        projects.tasks().api().call(endpoint).fails("404/0");
    }
}
