package clearml.apiserver.query.entities;

import clearml.apiserver.query.EntityModel;
import clearml.apiserver.query.Fields;
import clearml.apiserver.query.FilterFields;
import clearml.apiserver.query.PathRewriting;
import java.util.List;
import java.util.Set;

/** The description of projects. */
final class ProjectEntity {

    private ProjectEntity() {}

    static EntityModel describe() {
        return new EntityModel(
                "Project",
                "project",
                fields(),
                Set.of("logo_blob", "company_origin", "path"),
                true,
                filters(),
                List.of(),
                PathRewriting.NONE);
    }

    private static FilterFields filters() {
        return new FilterFields(
                List.of("name", "basename", "description"),
                List.of("tags", "system_tags", "id", "parent", "path"),
                List.of("last_update"),
                List.of(),
                List.of());
    }

    private static Fields fields() {
        return Fields.of()
                .strings("id", "name", "basename", "default_output_destination", "company_origin")
                .strings("logo_url", "logo_blob")
                .string("description", "")
                .dates("created", "last_update")
                .integer("featured", 9999)
                .reference("company", () -> Entities.COMPANY)
                .reference("user", () -> Entities.USER)
                .reference("parent", () -> Entities.PROJECT)
                .sortedStrings("tags")
                .sortedStrings("system_tags")
                .stringList("path")
                .build();
    }
}
