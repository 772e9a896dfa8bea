package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OrganizationTest {

    private final TaskCalls tasks = new TaskCalls();
    private final Api api = tasks.api();
    private final String unique = "organization " + UUID.randomUUID();

    @Test
    void tagsAreThoseOfAllTasksAndModelsAndNewsIsNotMissed() {
        var ofTask = "a " + unique;
        var ofModel = "b " + unique;
        tasks.create("tags", List.of(ofTask), "system_tags", List.of("archived"));
        assertThat(texts(tags(Map.of()).path("tags"))).contains(ofTask).isSorted();

        api.call("models.create", Map.of("name", "model", "uri", "s3://a/b", "tags", List.of(ofModel)))
                .ok();

        assertThat(texts(tags(Map.of()).path("tags"))).contains(ofTask, ofModel).isSorted();
        assertThat(texts(tags(archived()).path("tags"))).contains(ofTask).doesNotContain(ofModel);
    }

    @Test
    void systemTagsAreToldWhenWanted() {
        tasks.create("system_tags", List.of("archived"));

        assertThat(tags(Map.of()).has("system_tags")).isFalse();
        assertThat(texts(tags(Map.of("include_system", true)).path("system_tags")))
                .contains("archived");
    }

    @Test
    void aCompanyHasItsPeopleByName() {
        var companies = call("get_user_companies", Map.of()).ok().data().path("companies");

        assertThat(companies).hasSize(1);
        assertThat(companies.path(0).path("name").isString()).isTrue();
        var owners = companies.path(0).path("owners");
        assertThat(companies.path(0).path("allocated").asInt()).isEqualTo(owners.size());
        assertThat(owners.valueStream().map(owner -> owner.path("name").asString()))
                .isNotEmpty()
                .isSorted();
        assertThat(owners.path(0).has("avatar")).isTrue();
    }

    @Test
    void whatIsAskedForIsCountedByItsOwnCriteria() {
        tasks.create("name", unique);
        tasks.create("name", unique, "type", "controller");
        tasks.create("name", unique, "system_tags", List.of("hidden"));
        Map<String, Object> named = Map.of("name", unique);

        var counts = count(Map.of("tasks", named, "pipeline_runs", named, "models", named, "reports", named));

        assertThat(counts.path("tasks").asInt())
                .as("hidden ones are not counted")
                .isEqualTo(2);
        assertThat(counts.path("pipeline_runs").asInt()).isEqualTo(1);
        assertThat(counts.path("models").asInt()).isZero();
        assertThat(counts.has("projects")).isFalse();
        assertThat(counts.has("errors")).isFalse();
        assertThat(count(Map.of("tasks", named, "search_hidden", true))
                        .path("tasks")
                        .asInt())
                .isEqualTo(3);
        assertThat(count(Map.of("tasks", named, "limit", 1)).path("tasks").asInt())
                .isEqualTo(1);
    }

    @Test
    void nullInAListOfTagsStandsForNone() {
        tasks.create("name", unique, "type", "controller");
        tasks.create("name", unique, "type", "controller", "system_tags", List.of("pipeline"));
        Map<String, @Nullable Object> criteria = new HashMap<>(Map.of("name", unique));
        criteria.put("system_tags", Arrays.asList(null, "pipeline"));

        assertThat(count(Map.of("pipeline_runs", criteria))
                        .path("pipeline_runs")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void criteriaThatAreWrongSpoilNoOthers() {
        tasks.create("name", unique);

        var counts = count(Map.of("tasks", Map.of("name", unique), "models", Map.of("name", "(")));

        assertThat(counts.path("tasks").asInt()).isEqualTo(1);
        assertThat(counts.path("errors").path("models").asString()).isNotBlank();
        assertThat(counts.has("models")).isFalse();
    }

    @Test
    void activeUsersRestrictWhatIsCounted() {
        var project = tasks.project();
        tasks.create("name", unique, "project", project);
        var me = api.call("users.get_current_user").ok().data().at("/user/id").asString();
        Map<String, Object> criteria = Map.of("tasks", Map.of("name", unique), "projects", Map.of("id", project));

        var mine = new HashMap<>(criteria);
        mine.put("active_users", List.of(me));
        assertThat(count(mine).path("tasks").asInt()).isEqualTo(1);
        assertThat(count(mine).path("projects").asInt()).isEqualTo(1);

        var nobodys = new HashMap<>(criteria);
        nobodys.put("active_users", List.of("nobody"));
        assertThat(count(nobodys).path("tasks").asInt()).isZero();
        assertThat(count(nobodys).path("projects").asInt()).isZero();
    }

    @Test
    void valuesOfAWrongTypeAreRefused() {
        call("get_entities_count", Map.of("tasks", "x")).fails("400/12");
        call("get_entities_count", Map.of("active_users", 5)).fails("400/12");
        call("get_entities_count", Map.of("tasks", Map.of(), "limit", "x")).fails("400/12");
        call("get_tags", Map.of("filter", 5)).fails("400/12");
    }

    private static Map<String, Object> archived() {
        return Map.of("filter", Map.of("system_tags", List.of("archived")));
    }

    private JsonNode tags(Map<String, Object> body) {
        return call("get_tags", body).ok().data();
    }

    private JsonNode count(Map<String, ?> body) {
        return call("get_entities_count", body).ok().data();
    }

    private Answer call(String endpoint, Map<String, ? extends @Nullable Object> body) {
        return api.call("organization." + endpoint, body);
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }
}
