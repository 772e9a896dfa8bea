package clearml.apiserver.query.entities;

import clearml.apiserver.query.EntityModel;
import clearml.apiserver.query.FieldType;
import clearml.apiserver.query.FieldType.Embedded;
import clearml.apiserver.query.FieldType.MapOf;
import clearml.apiserver.query.Fields;
import clearml.apiserver.query.FilterFields;
import clearml.apiserver.query.PathRewriting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The description of tasks. */
final class TaskEntity {

    private TaskEntity() {}

    static EntityModel describe() {
        return new EntityModel(
                "Task",
                "task",
                fields(),
                Set.of("unique_metrics", "company_origin", "enqueue_status"),
                true,
                filters(),
                List.of("execution.parameters.", "last_metrics.", "hyperparams."),
                new PathRewriting(olderPaths(), List.of("hyperparams", "configuration"), 4, "invalid task field"));
    }

    private static Map<String, String> olderPaths() {
        Map<String, String> paths = new LinkedHashMap<>();
        paths.put("execution.parameters", "hyperparams.Args");
        paths.put("execution.model_desc", "configuration");
        paths.put("execution.docker_cmd", "container");
        return paths;
    }

    private static FilterFields filters() {
        return new FilterFields(
                List.of("name", "comment", "report"),
                List.of(
                        "id",
                        "user",
                        "tags",
                        "system_tags",
                        "type",
                        "status",
                        "project",
                        "parent",
                        "hyperparams.*",
                        "execution.queue",
                        "models.input.model"),
                List.of("created", "started", "active_duration", "last_metrics.*", "last_iteration"),
                List.of("status_changed", "last_update", "last_change"),
                List.of("runtime.*"));
    }

    private static Fields fields() {
        return Fields.of()
                .strings("id", "name", "type", "status_reason", "status_message", "comment", "report", "company_origin")
                .strings("last_worker", "last_changed_by", "enqueue_status")
                .string("status", "created")
                .dates("created", "started", "completed", "published", "status_changed")
                .dates("last_update", "last_change", "last_worker_report")
                .ints("active_duration", "duration")
                .integer("last_iteration", 0)
                .reference("company", () -> Entities.COMPANY)
                .reference("user", () -> Entities.USER)
                .reference("project", () -> Entities.PROJECT)
                .reference("parent", () -> Entities.TASK)
                .stringList("report_assets")
                .stringList("unique_metrics")
                .sortedStrings("tags")
                .sortedStrings("system_tags")
                .embedded("output", Fields.of().strings("destination", "error", "result"))
                .embedded("execution", execution())
                .embedded("script", script())
                .embedded("models", Fields.of().list("input", model()).list("output", model()))
                .map("last_metrics", new MapOf(new Embedded(LastMetric.FIELDS), false))
                .map("metric_stats", metricStats())
                .escapedMap("hyperparams", new MapOf(item("section"), true))
                .escapedMap("configuration", item())
                .freeMap("runtime")
                .escapedMap("container", new FieldType.Free())
                .build();
    }

    private static Fields.Builder execution() {
        return Fields.of()
                .integer("test_split", 0)
                .freeMap("parameters")
                .freeMap("model_desc")
                .escapedMap("model_labels", new FieldType.Free())
                .map("artifacts", artifact())
                .strings("framework")
                .reference("queue", () -> Entities.QUEUE);
    }

    private static FieldType artifact() {
        return new Embedded(Fields.of()
                .strings("key", "type", "uri", "hash")
                .string("mode", "output")
                .ints("content_size", "timestamp")
                .optional("type_data", Fields.of().strings("preview", "content_type", "data_hash"))
                .list("display_data", new FieldType.Free())
                .build());
    }

    private static Fields.Builder script() {
        return Fields.of()
                .string("binary", "python")
                .string("repository", "")
                .strings("tag", "branch", "version_num")
                .string("entry_point", "")
                .strings("working_dir", "diff")
                .freeMap("requirements");
    }

    private static FieldType model() {
        return new Embedded(Fields.of()
                .strings("name")
                .reference("model", () -> Entities.MODEL)
                .dates("updated")
                .build());
    }

    private static FieldType item(String... more) {
        return new Embedded(Fields.of()
                .strings(more)
                .strings("name", "value", "type", "description")
                .build());
    }

    private static FieldType metricStats() {
        FieldType event = new Embedded(Fields.of().free("last_update").build());
        return new Embedded(
                Fields.of().strings("metric").map("event_stats_by_type", event).build());
    }
}
