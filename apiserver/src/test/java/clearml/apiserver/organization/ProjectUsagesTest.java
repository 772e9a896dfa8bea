package clearml.apiserver.organization;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import clearml.apiserver.call.RequestBinder;
import clearml.apiserver.projects.ProjectGroups;
import clearml.apiserver.query.EntityQueries;
import clearml.apiserver.query.MemoryMongo;
import clearml.apiserver.query.QueryLimits;
import clearml.apiserver.store.mongo.MongoStores;
import clearml.apiserver.tasks.TaskRuns;
import clearml.config.ServerConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import tools.jackson.databind.json.JsonMapper;

class ProjectUsagesTest {

    private final MemoryMongo mongo = new MemoryMongo();
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    @BeforeEach
    void start() {
        context.registerBean(MongoStores.class, () -> mongo.stores);
        context.registerBean(EntityQueries.class, () -> new EntityQueries(mongo.stores, null, QueryLimits.DEFAULT));
        context.registerBean(ServerConfig.class, () -> ServerConfig.load(Map.of("CLEARML_CONFIG_DIR", "/nowhere")));
        context.register(ProjectGroups.class, TaskRuns.class, ProjectUsages.class);
        context.refresh();
        mongo.insert(
                "project",
                "{_id: 'p', company: 'c', name: 'p', path: []}",
                "{_id: 'a', company: 'c', name: 'p/a', path: ['p']}",
                "{_id: 'b', company: 'c', name: 'p/a/b', path: ['p', 'a']}",
                "{_id: 'x', company: 'other', name: 'x', path: []}");
        mongo.insert("user", "{_id: 'u', company: 'c', name: 'Somebody'}");
        mongo.insert(
                "queue",
                "{_id: 'q', company: 'c', name: 'q', display_name: 'Queue', resources: {gpu_usage: 0.5}}",
                "{_id: 'theirs', company: 'other', name: 'theirs'}");
    }

    @AfterEach
    void close() {
        context.close();
        mongo.close();
    }

    @Test
    void secondsAreCutAtMidnightAndWeighedByTheQueue() {
        run("1", "b", "q", "2026-11-20T23:59:00Z", "2026-11-21T00:00:30Z");

        assertThatJson(sum("2026-11-20", "2026-11-22")).withTolerance(0).isEqualTo("""
                {"projects": {
                   "series": [{"id": "a", "name": "p/a", "dates": [1795132800.0, 1795219200.0, 1795305600.0],
                               "duration": [60, 30, 0], "gpu_usage": [30.0, 15.0, 0.0]}],
                   "total": [{"id": "a", "name": "p/a", "duration": 90, "gpu_usage": 45.0}]},
                 "queues": {
                   "series": [{"id": "q", "name": "Queue", "dates": [1795132800.0, 1795219200.0, 1795305600.0],
                               "duration": [60, 30, 0], "gpu_usage": [30.0, 15.0, 0.0]}],
                   "total": [{"id": "q", "name": "Queue", "duration": 90, "gpu_usage": 45.0}]},
                 "users": {
                   "series": [{"id": "u", "name": "Somebody", "dates": [1795132800.0, 1795219200.0, 1795305600.0],
                               "duration": [60, 30, 0], "gpu_usage": [30.0, 15.0, 0.0]}],
                   "total": [{"id": "u", "name": "Somebody", "duration": 90, "gpu_usage": 45.0}]}}
                """);
    }

    @Test
    void onlyTheTimeInThePeriodCounts() {
        run("1", "p", "q", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z");
        run("2", "p", "q", "2026-11-19T00:00:00Z", "2026-11-19T23:59:59Z");
        run("3", "p", "q", "2026-11-21T00:00:00Z", "2026-11-21T00:00:01Z");

        assertThatJson(sum("2026-11-20", "2026-11-20"))
                .withTolerance(0)
                .inPath("projects.total")
                .isEqualTo("[{id: 'p', name: 'p', duration: 86400, gpu_usage: 43200.0}]");
    }

    @Test
    void queuesOfOthersAreOne() {
        run("1", "p", "theirs", "2026-11-20T00:00:00Z", "2026-11-20T00:00:01Z");
        run("2", "p", "gone", "2026-11-20T00:00:00Z", "2026-11-20T00:00:01Z");

        assertThatJson(sum("2026-11-20", "2026-11-20"))
                .withTolerance(0)
                .inPath("queues.total")
                .isEqualTo(
                        "[{id: '_other_', name: 'other', duration: 2, gpu_usage: 2.0, gpu_artificial_weights: true}]");
    }

    @Test
    void whatIsNoWorkOfAgentsDoesNotCount() {
        run("hidden", "p", "q", "2026-11-20T00:00:00Z", "2026-11-20T00:00:01Z", "system_tags: ['hidden']");
        run("dev", "p", "q", "2026-11-20T00:00:00Z", "2026-11-20T00:00:01Z", "system_tags: ['development']");
        run("controller", "p", "q", "2026-11-20T00:00:00Z", "2026-11-20T00:00:01Z", "type: 'controller'");
        run("app", "p", "q", "2026-11-20T00:00:00Z", "2026-11-20T00:00:01Z", "application: {id: 'a'}");
        run("foreign", "x", "q", "2026-11-20T00:00:00Z", "2026-11-20T00:00:01Z");
        mongo.insert(
                "task",
                "{_id: 'local', company: 'c', project: 'p', user: 'u', status: 'completed', started: "
                        + date("2026-11-20T00:00:00Z") + ", completed: " + date("2026-11-20T00:00:01Z") + "}");

        assertThatJson(sum("2026-11-20", "2026-11-20")).inPath("projects.total").isEqualTo("[]");
    }

    @Test
    void nestedProjectsThatAreAskedForCountOnce() {
        run("1", "b", "q", "2026-11-20T00:00:00Z", "2026-11-20T00:00:01Z");
        run("2", "a", "q", "2026-11-20T00:00:00Z", "2026-11-20T00:00:02Z");

        assertThat(context.getBean(ProjectGroups.class).of(List.of("p", "b"), "c").values().stream()
                        .map(ProjectGroups.Group::id))
                .containsExactlyInAnyOrder("p", "p", "b");
        assertThat(context.getBean(ProjectGroups.class).of(List.of("x"), "c").keySet())
                .isEqualTo(Set.of());
    }

    private String sum(String from, String to) {
        var request = new HashMap<String, Object>();
        request.put("projects", List.of("p"));
        request.put("from_date", from);
        request.put("to_date", to);
        return JsonMapper.shared()
                .writeValueAsString(context.getBean(ProjectUsages.class)
                        .sum(RequestBinder.bind(UsagesApi.Request.class, request), "c"));
    }

    private void run(String id, String project, String queue, String start, String end, String... more) {
        mongo.insert(
                "task",
                "{_id: '%s', company: 'c', project: '%s', user: 'u', execution: {queue: '%s'}, status: 'completed', started: %s, completed: %s%s}"
                        .formatted(id, project, queue, date(start), date(end), more.length == 0 ? "" : ", " + more[0]));
    }

    private static String date(String time) {
        return "{$date: '" + time + "'}";
    }
}
