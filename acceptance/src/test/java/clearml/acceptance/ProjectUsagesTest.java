package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How long machines have worked for projects, users and queues. */
class ProjectUsagesTest {

    private final TaskCalls tasks = new TaskCalls();
    private final Api api = tasks.api();
    private final Instant from = Instant.now().minus(2, ChronoUnit.DAYS);
    private final String name = "usages " + UUID.randomUUID();
    private final String project = project(name);

    @Test
    void runsCountByProjectUserAndQueue() {
        var child = project(name + "/child");
        run(project);
        run(child);
        run(project(name + "/child/grandchild"));
        tasks.create("project", project(name + "/never run"));

        var usages = usages(Map.of("include_development", true));

        assertThat(names(usages.path("projects"))).containsExactlyInAnyOrder(name, name + "/child");
        assertThat(usages.at("/projects/total")
                        .valueStream()
                        .map(row -> row.path("id").asString()))
                .contains(project, child);
        assertThat(names(usages.path("users"))).hasSize(1).doesNotContain("");
        assertThat(usages.at("/queues/total/0/id").isNull()).isTrue();
        assertThat(usages.at("/queues/total/0/gpu_artificial_weights").asBoolean())
                .isTrue();
        assertThat(usages.at("/queues/total/0").has("cpu_usage")).isFalse();
    }

    @Test
    void everyDayHasItsPart() {
        run(project);

        var series = usages(Map.of("include_development", true)).at("/projects/series/0");

        var first = LocalDate.ofInstant(from, ZoneOffset.UTC).atStartOfDay(ZoneOffset.UTC);
        assertThat(series.path("dates").path(0).asLong()).isEqualTo(first.toEpochSecond());
        assertThat(series.path("dates").size())
                .isEqualTo(4)
                .isEqualTo(series.path("duration").size())
                .isEqualTo(series.path("gpu_usage").size());
        assertThat(series.path("duration").valueStream().limit(2).mapToInt(JsonNode::asInt))
                .containsOnly(0);
    }

    @Test
    void whatWasAskedForIsToldAndNothingElse() {
        run(project);

        var usages = usages(Map.of(
                "include_development", true, "breakdown_keys", List.of("user"), "usage_fields", List.of("cpu_usage")));

        assertThat(usages.propertyNames()).containsExactly("users");
        assertThat(usages.at("/users/total/0").propertyNames())
                .containsExactlyInAnyOrder("id", "name", "cpu_usage", "cpu_artificial_weights");
    }

    @Test
    void ofTasksInDevelopmentNothingIsCountedUnlessWanted() {
        run(project);

        assertThat(usages(Map.of()).at("/projects/total")).isEmpty();
    }

    @Test
    void ofSeveralProjectsEachIsOneWithAllBelow() {
        var other = project(name + " other");
        run(project(name + "/child"));
        run(other);

        var usages = usages(Map.of("include_development", true, "projects", List.of(project, other)));

        assertThat(names(usages.path("projects"))).containsExactlyInAnyOrder(name, name + " other");
    }

    @Test
    void wrongRequestsAreRefused() {
        refused("projects", List.of());
        refused("from_date", "yesterday");
        refused("from_date", "2999-01-01T00:00:00");
        refused("to_date", null);
        refused("breakdown_keys", List.of("nope"));
        refused("usage_fields", List.of("nope"));
    }

    private void refused(String member, Object value) {
        var request = request();
        request.put(member, value);
        api.call("organization.get_project_usages", request).fails("400/12");
    }

    private JsonNode usages(Map<String, ?> members) {
        var request = request();
        request.putAll(members);
        return api.call("organization.get_project_usages", request).ok().data();
    }

    private Map<String, Object> request() {
        var request = new HashMap<String, Object>();
        request.put("projects", List.of(project));
        request.put("from_date", text(from));
        request.put("to_date", text(from.plus(3, ChronoUnit.DAYS)));
        return request;
    }

    private static List<String> names(JsonNode table) {
        return table.path("total")
                .valueStream()
                .map(row -> row.path("name").asString())
                .toList();
    }

    private String project(String called) {
        return api.call("projects.create", Map.of("name", called))
                .ok()
                .data()
                .path("id")
                .asString();
    }

    private void run(String inProject) {
        var task = tasks.create("project", inProject);
        tasks.on(task, "started").ok();
        tasks.on(task, "completed").ok();
    }

    private static String text(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDateTime().toString();
    }
}
