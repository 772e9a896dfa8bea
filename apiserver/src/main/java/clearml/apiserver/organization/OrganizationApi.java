package clearml.apiserver.organization;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.CallBody;
import clearml.apiserver.call.Caller;
import clearml.apiserver.projects.ProjectTags;
import clearml.apiserver.query.EntityQueries;
import clearml.apiserver.query.Scope;
import clearml.apiserver.query.entities.Entities;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The company of the caller. */
@ApiController
class OrganizationApi {

    private final ProjectTags tags;
    private final EntityQueries queries;

    OrganizationApi(ProjectTags tags, EntityQueries queries) {
        this.tags = tags;
        this.queries = queries;
    }

    /** What tasks and models must have whose tags are listed. */
    record Filter(List<String> tags, List<String> systemTags) {}

    record TagsRequest(boolean includeSystem, @Nullable Filter filter) {

        Map<String, List<String>> filters() {
            return filter == null ? Map.of() : Map.of("tags", filter.tags(), "system_tags", filter.systemTags());
        }
    }

    /** Tags of all tasks and models, sorted: {@code {"tags": [...], "system_tags": [...]}}, the second if wanted. */
    @ApiCall("organization.get_tags")
    Map<String, Collection<String>> tags(TagsRequest request, Caller caller) {
        Map<String, Collection<String>> answer = new LinkedHashMap<>();
        answer.put("tags", tags.ofCompany("tags", request.filters(), caller.company()));
        if (request.includeSystem()) {
            answer.put("system_tags", tags.ofCompany("system_tags", request.filters(), caller.company()));
        }
        return answer;
    }

    /** The one company that the caller belongs to, with its people by name. */
    @ApiCall("organization.get_user_companies")
    Map<String, Object> companies(CallBody body, Caller caller) {
        Map<String, @Nullable Object> byName = new HashMap<>();
        byName.put("order_by", List.of("name"));
        byName.put("only_fields", List.of("id", "name", "avatar"));
        // All of them, however many.
        byName.put("page", null);
        byName.put("page_size", null);
        List<Map<String, @Nullable Object>> owners =
                queries.getAll(Entities.USER, byName, Scope.own(caller.company())).rows().stream()
                        .map(OrganizationApi::owner)
                        .toList();
        Map<String, Object> company = new LinkedHashMap<>();
        company.put("id", caller.company());
        company.put("name", caller.identity().companyName());
        company.put("allocated", owners.size());
        company.put("owners", owners);
        return Map.of("companies", List.of(company));
    }

    private static Map<String, @Nullable Object> owner(Map<String, Object> user) {
        Map<String, @Nullable Object> owner = new LinkedHashMap<>();
        for (String field : List.of("id", "name", "avatar")) {
            owner.put(field, user.get(field));
        }
        return owner;
    }
}
