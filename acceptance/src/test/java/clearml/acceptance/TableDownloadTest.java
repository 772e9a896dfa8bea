package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tables as CSV files, in the two calls of the web UI. */
class TableDownloadTest {

    private final TaskCalls tasks = new TaskCalls();
    private final Api api = tasks.api();
    private final String unique = "table " + UUID.randomUUID();

    @Test
    void tasksComeAsCsvWithTheColumnsAskedFor() {
        var project = tasks.project();
        tasks.create(
                "name",
                unique + " \"1\"",
                "project",
                project,
                "tags",
                List.of("a", "b"),
                "hyperparams",
                Map.of("Args", Map.of("l.r", Map.of("section", "Args", "name", "l.r", "value", "0.1"))));
        tasks.create("name", unique + " 2", "project", project, "comment", "=1+1");
        var request = request(
                "task",
                List.of(
                        "name",
                        "status",
                        "project.name",
                        "tags",
                        "comment",
                        "hyperparams.Args.l%2Er.value",
                        "last_iteration"));
        request.put(
                "field_mappings",
                List.of(
                        column("name", "Name"),
                        Map.of(
                                "field",
                                "status",
                                "values",
                                List.of(
                                        Map.of("key", "created", "value", "Draft"),
                                        Map.of("key", "failed", "value", "Failed"))),
                        column("project", "Project id"),
                        column("tags", "Tags"),
                        column("comment", "Comment"),
                        column("hyperparams.Args.l%2Er.value", "Rate"),
                        column("last_iteration", "Iterations")));

        var file = download(request);

        assertThat(file.header("Content-Type").orElse("")).startsWith("text/csv");
        assertThat(file.header("Content-Disposition")).contains("attachment; filename=clearml-tasks.csv");
        assertThat(file.text())
                .isEqualTo("\ufeff\"Name\",\"status\",\"Project id\",\"Tags\",\"Comment\",\"Rate\",\"Iterations\"\r\n"
                        + "\"" + unique + " \"\"1\"\"\",\"Draft\",\"" + project + "\",\"['a', 'b']\",\"\",\"0.1\",0\r\n"
                        + "\"" + unique + " 2\",\"Draft\",\"" + project + "\",\"[]\",\"'=1+1\",\"\",0\r\n");
    }

    @Test
    void modelsComeLikewise() {
        api.call("models.create", Map.of("name", unique, "uri", "s3://a/b")).ok();
        var request = request("model", List.of("name", "uri", "ready"));
        request.put("field_mappings", List.of(column("name", "name"), column("uri", "uri"), column("user", "user")));

        var file = download(request);

        assertThat(file.header("Content-Disposition")).contains("attachment; filename=clearml-models.csv");
        assertThat(file.text()).contains("\"" + unique + "\",\"s3://a/b\",");
    }

    @Test
    void aTableWithoutRowsIsItsHeader() {
        assertThat(download(request("task", List.of("name"))).text()).isEqualTo("name\r\n");
    }

    @Test
    void theFileIsNamedAfterItsProject() {
        var project = tasks.project();
        var name = api.call("projects.get_by_id", Map.of("project", project))
                .ok()
                .data()
                .at("/project/basename")
                .asString();
        var request = request("task", List.of("name"));

        request.put("project", List.of(project));
        assertThat(download(request).header("Content-Disposition"))
                .contains("attachment; filename=clearml-" + name.substring(0, Math.min(60, name.length()))
                        + "-tasks.csv");
        request.put("project", Arrays.asList((String) null));
        assertThat(download(request).header("Content-Disposition"))
                .contains("attachment; filename=clearml-root-tasks.csv");
    }

    @Test
    void filtersAreKeptAndPagesAreNot() {
        tasks.create("name", unique, "tags", List.of("x"));
        tasks.create("name", unique, "tags", List.of("x"));
        tasks.create("name", unique, "tags", List.of("y"));
        var request = request("task", List.of("name"));
        request.put("filters", Map.of("tags", Map.of("any", Map.of("include", List.of("x")))));
        request.put("page", 3);
        request.put("page_size", 1);

        assertThat(download(request).text().lines()).hasSize(3);
    }

    @Test
    void theTableIsOfTheTimeOfTheDownloadAndCanBeHadAgain() {
        var id = prepare(request("task", List.of("name")));
        tasks.create("name", unique);

        assertThat(get(id).text()).contains(unique);
        assertThat(get(id).text()).contains(unique);
    }

    @Test
    void whatIsWrongIsToldBeforeTheDownload() {
        refused("400/12", "entity_type", "queue");
        refused("400/12", "entity_type", null);
        refused("400/12", "only_fields", List.of());
        refused("400/12", "field_mappings", List.of());
        refused("400/12", "field_mappings", List.of(column("name", "a"), column("status", "a")));
        var value = Map.of("key", "created", "value", "x");
        refused("400/12", "field_mappings", List.of(Map.of("field", "status", "values", List.of(value, value))));
        refused("400/14", "only_fields", List.of("nope"));
        refused("400/21", "name", "(");
        api.call("organization.download_for_get_all", Map.of("prepare_id", "nope"))
                .fails("400/10", "Invalid object id (prepare ID not found): prepare_id=nope");
        api.call("organization.download_for_get_all", Map.of()).fails("400/12");
    }

    private void refused(String code, String member, Object value) {
        var request = request("task", List.of("name"));
        request.put(member, value);
        api.call("organization.prepare_download_for_get_all", request).fails(code);
    }

    private Map<String, Object> request(String type, List<String> fields) {
        var request = new HashMap<String, Object>();
        request.put("entity_type", type);
        request.put("name", unique);
        request.put("only_fields", fields);
        request.put("field_mappings", List.of(column("name", "name")));
        request.put("order_by", List.of("name"));
        return request;
    }

    private static Map<String, Object> column(String field, String name) {
        return Map.of("field", field, "name", name);
    }

    private String prepare(Map<String, Object> request) {
        return api.call("organization.prepare_download_for_get_all", request)
                .ok()
                .data()
                .path("prepare_id")
                .asString();
    }

    private Answer download(Map<String, Object> request) {
        return get(prepare(request));
    }

    private Answer get(String id) {
        var answer = api.request("/v999.0/organization.download_for_get_all?prepare_id=" + id)
                .method("GET")
                .send();
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }
}
