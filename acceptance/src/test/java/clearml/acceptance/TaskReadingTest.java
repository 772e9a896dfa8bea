package clearml.acceptance;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Lists of tasks as SDK and web UI ask for them. */
class TaskReadingTest {

    private final TaskCalls tasks = new TaskCalls();
    private final ProjectCalls projects = new ProjectCalls();
    private final String root = ProjectCalls.name();
    private String project;
    private String below;

    @BeforeEach
    void someProjects() {
        project = projects.create(root);
        below = projects.create(root + "/below");
    }

    private List<JsonNode> rows(String endpoint, Object... members) {
        return tasks.call(endpoint, ProjectCalls.body(members))
                .ok()
                .data()
                .path("tasks")
                .valueStream()
                .toList();
    }

    private List<String> ids(String endpoint, Object... members) {
        return rows(endpoint, members).stream()
                .map(row -> row.path("id").asString())
                .toList();
    }

    @Test
    void theFormsOfReferences() {
        var parent = tasks.create("name", "the parent");
        var queue = tasks.queue();
        var model = tasks.model(parent);
        var task = tasks.create(
                "project",
                project,
                "parent",
                parent,
                "models",
                Map.of("input", List.of(Map.of("name", "in", "model", model))));
        tasks.on(task, "enqueue", "queue", queue).ok();
        var fields = List.of("project.name", "parent.name", "execution.queue.id", "models.input.model.task.name");

        var joined =
                rows("get_all_ex", "id", List.of(task), "only_fields", fields).get(0);
        assertThatJson(joined.toString())
                .isEqualTo("{id: '" + task + "', project: {id: '" + project + "', name: '" + root + "'}, parent: {id: '"
                        + parent + "', name: 'the parent'}, execution: {queue: {id: '" + queue
                        + "'}}, models: {input: [{model: {id: '" + model + "', task: {id: '" + parent
                        + "', name: 'the parent'}}}]}}");
        var plain = rows("get_all", "id", List.of(task), "only_fields", List.of("project", "execution.queue"))
                .get(0);
        assertThatJson(plain.toString()).isEqualTo("{project: '" + project + "', execution: {queue: '" + queue + "'}}");
        assertThat(rows("get_by_id_ex", "id", List.of(task))
                        .get(0)
                        .at("/project/id")
                        .asString())
                .isEqualTo(project);
        tasks.call("get_all", Map.of("only_fields", List.of("project.name"))).fails("400/14");
        tasks.call("get_all_ex", Map.of("only_fields", List.of("x")))
                .fails("400/14", "Fields not defined for object: fields=(x), object=Task");
    }

    @Test
    void someById() {
        var task = tasks.create();

        assertThat(ids("get_by_id_ex", "id", List.of(task, "unknown"))).containsExactly(task);
        tasks.call("get_by_id_ex", Map.of()).fails("400/11", "Missing required fields: missing=(id)");
        tasks.on("unknown", "get_by_id").fails("400/101");
        tasks.call("get_by_id", Map.of()).fails("400/12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"get_all", "get_all_ex"})
    void aProjectMeansItAloneUnlessThoseBelowAreWanted(String endpoint) {
        var here = tasks.create("project", project);
        var there = tasks.create("project", below);

        assertThat(ids(endpoint, "project", List.of(project))).containsExactly(here);
        assertThat(ids(endpoint, "project", List.of(project), "include_subprojects", true))
                .containsExactlyInAnyOrder(here, there);
        assertThat(ids(endpoint, "project", project, "include_subprojects", true))
                .containsExactlyInAnyOrder(here, there);
    }

    @ParameterizedTest
    @ValueSource(strings = {"get_all", "get_all_ex"})
    void hiddenTasksAreListedOnlyWhenAskedFor(String endpoint) {
        var hidden = tasks.create("project", project, "system_tags", List.of("hidden"));

        assertThat(ids(endpoint, "project", List.of(project))).isEmpty();
        assertThat(ids(endpoint, "project", List.of(project), "search_hidden", true))
                .containsExactly(hidden);
        assertThat(ids(endpoint, "id", List.of(hidden))).containsExactly(hidden);
    }

    @Test
    void listsWithOperators() {
        var archived = tasks.create("project", project, "system_tags", List.of("archived", "x"));
        var pipeline = tasks.create("project", project, "system_tags", List.of("pipeline"));
        var plain = tasks.create("project", project, "type", "testing");

        assertThat(inProject("system_tags", List.of("__$not", "archived", "__$not", "pipeline")))
                .containsExactly(plain);
        assertThat(inProject("system_tags", List.of("-archived"))).containsExactlyInAnyOrder(pipeline, plain);
        assertThat(inProject("system_tags", List.of("__$and", "archived", "x"))).containsExactly(archived);
        assertThat(inProject("system_tags", Arrays.asList("pipeline", null)))
                .containsExactlyInAnyOrder(pipeline, plain);
        assertThat(inProject("type", List.of("__$not", "training"))).containsExactly(plain);
        assertThat(inProject("status", "created")).hasSize(3);
        tasks.call("get_all_ex", Map.of("system_tags", List.of(5))).fails("400/16");
        tasks.call("get_all_ex", Map.of("system_tags", List.of("__$not"))).fails("400/16");
        tasks.call("get_all_ex", Map.of("system_tags", List.of("__$wrong"))).fails("400/16");
    }

    private List<String> inProject(String field, Object value) {
        return ids("get_all_ex", "project", List.of(project), field, value);
    }

    @Test
    void searchInSeveralFields() {
        var byName = tasks.create("project", project, "name", "Some Net");
        var byComment = tasks.create("project", project, "comment", "a net too");
        tasks.create("project", project);

        assertThat(inProject("_any_", Map.of("pattern", "NET", "fields", List.of("name", "comment"))))
                .containsExactlyInAnyOrder(byName, byComment);
        assertThat(inProject("_all_", Map.of("pattern", "net", "fields", List.of("name", "comment"))))
                .isEmpty();
        assertThat(inProject("name", "Net$")).containsExactly(byName);
        tasks.call("get_all_ex", Map.of("name", "(")).fails("400/21");
        tasks.call("get_all_ex", Map.of("_any_", Map.of("pattern", "(", "fields", List.of("name"))))
                .fails("400/21");
        tasks.call("get_all_ex", Map.of("_any_", Map.of("pattern", "x", "fields", List.of("nope"))))
                .fails("400/14");
        tasks.call("get_all_ex", Map.of("_any_", Map.of("fields", List.of("name"))))
                .fails("400/16");
    }

    @ParameterizedTest
    @ValueSource(strings = {"^(a|a)*$", "^(a|aa)+$", "(.*)*(.*)*(.*)*x$"})
    void aSearchThatWouldNeverEndEndsSoon(String pattern) {
        tasks.create("project", project, "name", "a".repeat(60) + "!");
        var before = System.nanoTime();

        var answer = tasks.call(
                "get_all_ex",
                Map.of("project", List.of(project), "_any_", Map.of("pattern", pattern, "fields", List.of("name"))));

        assertThat(answer.code()).isIn("200/0", "400/21");
        assertThat(System.nanoTime() - before).isLessThan(20_000_000_000L);
    }

    @Test
    void parametersAreFoundAndOrderedAsNumbersUnderTheirEscapedPath() {
        var nine = tasks.create("project", project, "hyperparams", parameter("a.b", "9"));
        var ten = tasks.create("project", project, "hyperparams", parameter("a.b", "10"));
        var none = tasks.create("project", project);
        var path = "hyperparams.a%2Eb.a%2Eb.value";

        assertThat(inProject("order_by", List.of(path))).containsExactly(nine, ten, none);
        assertThat(inProject("order_by", List.of("-" + path))).containsExactly(ten, nine, none);
        assertThat(inProject(path, List.of("10"))).containsExactly(ten);
        var row = rows("get_all_ex", "id", List.of(ten), "only_fields", List.of(path))
                .get(0);
        assertThatJson(row.toString()).isEqualTo("{id: '" + ten + "', hyperparams: {'a.b': {'a.b': {value: '10'}}}}");
        tasks.call("get_all", Map.of("hyperparams.a.b.c.d", List.of("1"))).fails("400/12");
    }

    private static Map<String, ?> parameter(String key, String value) {
        return Map.of(key, Map.of(key, Map.of("section", key, "name", key, "value", value)));
    }

    @Test
    void aScrollShowsEverythingSoFarAgainWhenAsked() {
        var all = IntStream.range(0, 5)
                .mapToObj(i -> tasks.create("project", project, "name", "task " + i))
                .toList();
        Map<String, Object> query = new HashMap<>(Map.of("project", List.of(project), "size", 2));
        query.put("order_by", List.of("name"));
        query.put("scroll_id", null);
        var first = tasks.call("get_all_ex", query).ok().data();
        query.put("scroll_id", first.path("scroll_id").asString());

        assertThat(idsOf(tasks.call("get_all_ex", query).ok())).isEqualTo(all.subList(2, 4));
        query.put("refresh_scroll", true);
        assertThat(idsOf(tasks.call("get_all_ex", query).ok())).isEqualTo(all.subList(0, 4));
        query.remove("refresh_scroll");
        assertThat(idsOf(tasks.call("get_all_ex", query).ok())).isEqualTo(all.subList(4, 5));
        assertThat(idsOf(tasks.call("get_all_ex", query).ok())).isEmpty();
        query.remove("size");
        tasks.call("get_all_ex", query).fails("400/12");
    }

    private static List<String> idsOf(Answer answer) {
        return answer.data()
                .path("tasks")
                .valueStream()
                .map(row -> row.path("id").asString())
                .toList();
    }

    @Test
    void pagesThatCannotBe() {
        tasks.call("get_all", Map.of("page", -1, "page_size", 5)).fails("400/12");
        tasks.call("get_all", Map.of("page", 0, "page_size", 0)).fails("400/12");
        tasks.call("get_all", Map.of("start", 0)).fails("400/12");
        tasks.call("get_all", Map.of("started", List.of("2020-01-01"))).fails("400/12");
    }

    @Test
    void typesInUse() {
        tasks.create("project", project, "type", "testing");
        tasks.create("project", below, "type", "custom");

        assertThat(tasks.call("get_types", Map.of("projects", List.of(project)))
                        .ok()
                        .data()
                        .path("types")
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactlyInAnyOrder("testing", "custom");
    }

    @Test
    void whatIsMissingInAnObjectLeavesItEmpty() {
        var task = tasks.create();

        assertThatJson(rows("get_all", "id", List.of(task), "only_fields", List.of("runtime._x"))
                        .get(0)
                        .toString())
                .isEqualTo("{runtime: {}}");
    }
}
