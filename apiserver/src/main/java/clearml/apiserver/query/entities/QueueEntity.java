package clearml.apiserver.query.entities;

import clearml.apiserver.query.EntityModel;
import clearml.apiserver.query.FieldType.Embedded;
import clearml.apiserver.query.Fields;
import clearml.apiserver.query.FilterFields;
import java.util.List;
import java.util.Set;

/** The description of queues. */
final class QueueEntity {

    private QueueEntity() {}

    static EntityModel describe() {
        FilterFields filters = new FilterFields(
                List.of("name"), List.of("tags", "system_tags", "id", "metadata.*"), List.of(), List.of(), List.of());
        return new EntityModel(
                "Queue", "queue", fields(), Set.of(), true, filters, List.of("metadata."), ModelEntity.metadataPaths());
    }

    private static Fields fields() {
        Embedded entry = new Embedded(Fields.of()
                .reference("task", () -> Entities.TASK)
                .dates("added")
                .build());
        return Fields.of()
                .strings("id", "name", "display_name")
                .reference("company", () -> Entities.COMPANY)
                .dates("created", "last_update")
                .sortedStrings("tags")
                .sortedStrings("system_tags")
                .list("entries", entry)
                .escapedMap("metadata", ModelEntity.metadataItem())
                .optional("resources", Fields.of().floats("cpu_usage", "gpu_usage"))
                .build();
    }
}
