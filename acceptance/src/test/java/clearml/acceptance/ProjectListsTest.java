package clearml.acceptance;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which projects are listed, and what is told of them. */
class ProjectListsTest {

    private final ProjectCalls projects = new ProjectCalls();
    private final String root = ProjectCalls.name();
    private String top;
    private String child;
    private String leaf;

    @BeforeEach
    void aTree() {
        top = projects.create(root);
        child = projects.create(root + "/child");
        leaf = projects.create(root + "/child/leaf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"get_all", "get_all_ex"})
    void aParentMeansAllBelowOrWhenShallowItsChildren(String endpoint) {
        assertThat(projects.names(endpoint, "parent", List.of(top)))
                .containsExactlyInAnyOrder(root + "/child", root + "/child/leaf");
        assertThat(projects.names(endpoint, "parent", List.of(top), "shallow_search", true))
                .containsExactly(root + "/child");
        assertThat(projects.names(endpoint, "name", "^" + root, "shallow_search", true))
                .containsExactly(root);
        assertThat(projects.names(endpoint, "name", "^" + root, "parent", null)).hasSize(3);
        assertThat(projects.names(endpoint, "name", "^" + root, "parent", List.of()))
                .hasSize(3);
        assertThat(projects.names(endpoint, "name", "^" + root, "parent", "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"get_all", "get_all_ex"})
    void hiddenProjectsAreListedOnlyWhenAskedFor(String endpoint) {
        var hidden = projects.create(root + "/.datasets", "system_tags", List.of("hidden"));

        assertThat(projects.names(endpoint, "parent", List.of(top))).doesNotContain(root + "/.datasets");
        assertThat(projects.names(endpoint, "parent", List.of(top), "search_hidden", true))
                .contains(root + "/.datasets");
        assertThat(projects.names(endpoint, "id", List.of(hidden))).containsExactly(root + "/.datasets");
    }

    @Test
    void theListForTheWebTellsWhichProjectsAreHidden() {
        var hidden = projects.create(root + "/.datasets", "system_tags", List.of("hidden"));

        var row = projects.row(hidden, "search_hidden", true, "only_fields", List.of("name"));
        assertThatJson(row.toString())
                .isEqualTo("{id: '" + hidden + "', name: '" + root + "/.datasets', hidden: true}");
        assertThat(projects.row(top, "search_hidden", true).has("hidden")).isFalse();
    }

    @Test
    void theFormsOfAReferenceAndTheFieldsThatAreLeftOut() {
        var plain = projects.call("get_all", "id", List.of(leaf)).ok().data().at("/projects/0");
        var joined = projects.row(leaf, "only_fields", List.of("name", "parent.name"));

        assertThat(plain.path("parent").asString()).isEqualTo(child);
        assertThat(plain.has("path") || plain.has("company_origin") || plain.has("logo_blob"))
                .isFalse();
        assertThatJson(joined.toString())
                .isEqualTo("{id: '" + leaf + "', name: '" + root + "/child/leaf', parent: {id: '" + child + "', name: '"
                        + root + "/child'}}");
        projects.call("get_all", "only_fields", List.of("parent.name")).fails("400/14");
        projects.call("get_all_ex", "only_fields", List.of("nope"))
                .fails("400/14", "Fields not defined for object: fields=(nope), object=Project");
        projects.call("get_all", "name", "(").fails("400/21");
        projects.call("get_all", "last_update", List.of("2020-01-01"))
                .fails(
                        "400/12",
                        "Validation error (Min and max values should be specified for range field last_update)");
    }

    @Test
    void aScrollGoesThroughAllAndEndsEmpty() {
        var first = projects.call(
                        "get_all_ex", "parent", List.of(top), "scroll_id", null, "size", 1, "order_by", List.of("name"))
                .ok()
                .data();
        var scroll = first.path("scroll_id").asString();
        var second = projects.call(
                        "get_all_ex",
                        "parent",
                        List.of(top),
                        "scroll_id",
                        scroll,
                        "size",
                        5,
                        "order_by",
                        List.of("name"))
                .ok()
                .data();

        assertThat(first.at("/projects/0/id").asString()).isEqualTo(child);
        assertThat(second.path("scroll_id").asString()).isEqualTo(scroll);
        assertThat(second.at("/projects/0/id").asString()).isEqualTo(leaf);
        assertThat(projects.call("get_all_ex", "parent", List.of(top), "scroll_id", scroll, "size", 5)
                        .data()
                        .path("projects")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void statisticsCountTasksThatAreNotArchivedWithThoseBelow() {
        var tasks = projects.tasks();
        tasks.create("project", top);
        tasks.bring(tasks.create("project", leaf), "completed");
        tasks.create("project", leaf, "system_tags", List.of("archived"));

        var row = projects.row(top, "include_stats", true, "check_own_contents", true);
        var active = row.at("/stats/active");
        assertThatJson(active.path("status_count").toString())
                .isEqualTo("{created: 1, queued: 0, in_progress: 0, stopped: 0, publishing: 0, published: 0, closed: 0,"
                        + " failed: 0, completed: 1, unknown: 0}");
        assertThat(active.path("total_tasks").asInt()).isEqualTo(2);
        assertThat(active.path("completed_tasks_24h").asInt()).isEqualTo(1);
        assertThat(active.path("total_runtime").isNumber()).isTrue();
        assertThat(active.path("last_task_run").asString()).startsWith("20");
        assertThatJson(row.path("sub_projects").toString())
                .isEqualTo("[{id: '" + child + "', name: '" + root + "/child'}, {id: '" + leaf + "', name: '" + root
                        + "/child/leaf'}]");
        assertThat(row.path("own_tasks").asInt()).isEqualTo(1);
        assertThat(row.path("own_models").asInt()).isZero();
        var alone = projects.row(top, "include_stats", true, "stats_with_children", false);
        assertThat(alone.at("/stats/active/total_tasks").asInt()).isEqualTo(1);
        assertThat(alone.path("sub_projects").isEmpty()).isTrue();
    }

    @Test
    void statisticsOfAnEmptyProjectAreAllThere() {
        var row = projects.row(leaf, "include_stats", true);

        assertThat(row.at("/stats/active/status_count").size()).isEqualTo(10);
        assertThat(row.at("/stats/active/total_tasks").asInt()).isZero();
        assertThat(row.at("/stats/active/last_task_run").isNull()).isTrue();
    }

    @Test
    void statisticsCanBeOfSomeTasksOnly() {
        var tasks = projects.tasks();
        tasks.create("project", top, "tags", List.of("wanted"));
        tasks.create("project", top, "type", "testing");

        assertThat(counted(Map.of("tags", List.of("wanted")))).isEqualTo(1);
        assertThat(counted(Map.of("type", List.of("testing", "training")))).isEqualTo(2);
        assertThat(counted(Map.of("system_tags", List.of("-pipeline")))).isEqualTo(2);
        assertThat(counted(Map.of("system_tags", List.of("__$all", "x", "archived"))))
                .isZero();
        assertThat(counted(Map.of("tags", Map.of("any", Map.of("include", List.of("wanted"))))))
                .isEqualTo(1);
        assertThat(counted(Map.of("system_tags", Map.of("all", Map.of("exclude", List.of("x"))))))
                .isEqualTo(2);
        projects.call(
                        "get_all_ex",
                        "id",
                        List.of(top),
                        "include_stats",
                        true,
                        "include_stats_filter",
                        Map.of("$where", List.of("true")))
                .fails("400/12");
        projects.call(
                        "get_all_ex",
                        "id",
                        List.of(top),
                        "include_stats",
                        true,
                        "include_stats_filter",
                        Map.of("tags", List.of()))
                .fails("400/12");
        projects.call(
                        "get_all_ex",
                        "id",
                        List.of(top),
                        "include_stats",
                        true,
                        "include_stats_filter",
                        Map.of("tags", List.of(1)))
                .fails("400/12");
    }

    private int counted(Map<String, ?> filter) {
        return projects.row(top, "include_stats", true, "include_stats_filter", filter)
                .at("/stats/active/total_tasks")
                .asInt();
    }

    @Test
    void datasetsAreCountedByTheirProjects() {
        projects.create(root + "/.datasets", "system_tags", List.of("hidden"));
        var data = projects.create(
                root + "/.datasets/data", "system_tags", List.of("hidden", "dataset"), "tags", List.of("t"));
        projects.tasks()
                .create(
                        "project",
                        data,
                        "type",
                        "data_processing",
                        "system_tags",
                        List.of("dataset"),
                        "runtime",
                        Map.of("ds_file_count", 3, "ds_total_size", 10));

        var row = projects.row(top, "children_type", "dataset", "include_stats", true, "check_own_contents", true);
        assertThatJson(row.path("stats").toString()).isEqualTo("{datasets: {count: 1, tags: ['t']}}");
        assertThat(row.path("own_datasets").asInt()).isZero();
        assertThatJson(projects.row(data, "include_dataset_stats", true)
                        .path("dataset_stats")
                        .toString())
                .isEqualTo("{file_count: 3, total_size: 10}");
        assertThat(projects.row(leaf, "include_dataset_stats", true)
                        .path("dataset_stats")
                        .isNull())
                .isTrue();
        assertThat(projects.names("get_all_ex", "children_type", "dataset", "id", List.of(leaf)))
                .isEmpty();
    }

    @Test
    void pipelinesAndReportsLeadToTheirProjects() {
        projects.create(root + "/.pipelines", "system_tags", List.of("hidden"));
        var line = projects.create(root + "/.pipelines/line", "system_tags", List.of("hidden", "pipeline"));
        projects.tasks().create("project", line, "type", "controller", "system_tags", List.of("pipeline"));
        var reports = projects.create(root + "/.reports", "system_tags", List.of("hidden", "reports"));
        projects.tasks().create("project", reports, "type", "report", "system_tags", List.of("hidden", "reports"));

        var row = projects.row(top, "children_type", "pipeline", "include_stats", true);
        assertThat(row.at("/stats/active/total_tasks").asInt()).isEqualTo(1);
        assertThat(row.path("sub_projects")
                        .valueStream()
                        .map(project -> project.path("id").asString()))
                .contains(line);
        var all = List.of(top, line, reports, leaf);
        assertThat(projects.names("get_all_ex", "children_type", "report", "id", all))
                .containsExactlyInAnyOrder(root, root + "/.reports");
        assertThat(projects.names("get_all_ex", "children_type", "pipeline", "id", all))
                .containsExactlyInAnyOrder(root, root + "/.pipelines/line");
    }

    @Test
    void onlyTheProjectsOfActiveUsersAreListed() {
        var user = TestUser.create();
        user.api()
                .call("tasks.create", Map.of("name", "of another", "type", "training", "project", leaf))
                .ok();

        assertThat(projects.names("get_all_ex", "id", List.of(top, child, leaf), "active_users", List.of(user.id())))
                .containsExactlyInAnyOrder(root, root + "/child", root + "/child/leaf");
        var other = TestUser.create();
        assertThat(projects.names("get_all_ex", "id", List.of(top, child, leaf), "active_users", List.of(other.id())))
                .isEmpty();
    }
}
