package clearml.apiserver.query.entities;

import clearml.apiserver.query.EntityModel;
import clearml.apiserver.query.Fields;
import clearml.apiserver.query.FilterFields;
import clearml.apiserver.query.PathRewriting;
import java.util.List;
import java.util.Set;

/** The descriptions of users and of the companies they belong to. */
final class UserEntity {

    private UserEntity() {}

    static EntityModel user() {
        Fields fields = Fields.of()
                .strings("id", "name", "family_name", "given_name", "avatar", "created_in_version")
                .reference("company", () -> Entities.COMPANY)
                .dates("created")
                .free("preferences", "")
                .build();
        FilterFields filters = new FilterFields(List.of("name"), List.of("id"), List.of(), List.of(), List.of());
        return new EntityModel(
                "User", "user", fields, Set.of("preferences"), true, filters, List.of(), PathRewriting.NONE);
    }

    static EntityModel company() {
        Fields.Builder statistics = Fields.of()
                .bool("enabled", false)
                .strings("enabled_version", "enabled_user")
                .dates("enabled_time");
        Fields fields = Fields.of()
                .strings("id", "name")
                .embedded("defaults", Fields.of().strings("cluster").embedded("stats_option", statistics))
                .build();
        return new EntityModel(
                "Company", "company", fields, Set.of(), false, FilterFields.BASIC, List.of(), PathRewriting.NONE);
    }
}
