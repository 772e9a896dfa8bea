package clearml.apiserver.query.entities;

import clearml.apiserver.query.EntityModel;
import clearml.apiserver.query.FieldType;
import clearml.apiserver.query.FieldType.Embedded;
import clearml.apiserver.query.FieldType.MapOf;
import clearml.apiserver.query.Fields;
import clearml.apiserver.query.FilterFields;
import clearml.apiserver.query.PathRewriting;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The description of models. */
final class ModelEntity {

    private ModelEntity() {}

    static EntityModel describe() {
        return new EntityModel(
                "Model",
                "model",
                fields(),
                Set.of("ui_cache", "company_origin", "unique_metrics"),
                true,
                filters(),
                List.of("metadata.", "last_metrics."),
                metadataPaths());
    }

    static PathRewriting metadataPaths() {
        return new PathRewriting(Map.of(), List.of("metadata"), 3, "invalid field");
    }

    static FieldType metadataItem() {
        return new Embedded(Fields.of().strings("key", "type", "value").build());
    }

    private static FilterFields filters() {
        return new FilterFields(
                List.of("name", "comment"),
                List.of(
                        "tags",
                        "system_tags",
                        "framework",
                        "uri",
                        "id",
                        "user",
                        "project",
                        "task",
                        "parent",
                        "metadata.*"),
                List.of("created", "last_metrics.*", "last_iteration"),
                List.of("last_update", "last_change"),
                List.of("ready"));
    }

    private static Fields fields() {
        return Fields.of()
                .strings("id", "name", "comment", "framework", "company_origin", "last_changed_by")
                .string("uri", "")
                .dates("created", "last_update", "last_change")
                .bool("ready", true)
                .integer("last_iteration", 0)
                .reference("company", () -> Entities.COMPANY)
                .reference("user", () -> Entities.USER)
                .reference("parent", () -> Entities.MODEL)
                .reference("project", () -> Entities.PROJECT)
                .reference("task", () -> Entities.TASK)
                .sortedStrings("tags")
                .sortedStrings("system_tags")
                .stringList("unique_metrics")
                .freeMap("design")
                .freeMap("labels")
                .freeMap("ui_cache")
                .escapedMap("metadata", metadataItem())
                .map("last_metrics", new MapOf(new Embedded(LastMetric.FIELDS), false))
                .build();
    }
}
