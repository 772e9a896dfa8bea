package clearml.apiserver.projects;

import clearml.apiserver.call.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a list of projects is to tell besides the projects, and about which. */
record ProjectListRequest(
        boolean includeStats,
        Map<String, Object> includeStatsFilter,
        @Field(or = "true") boolean statsWithChildren,
        ProjectOriginsApi.@Nullable State statsForState,
        boolean checkOwnContents,
        boolean includeDatasetStats,
        boolean searchHidden,
        List<String> activeUsers,
        @Nullable ChildrenType childrenType,
        List<String> childrenTags,
        Map<String, Object> childrenTagsFilter) {

    /** What projects are shown as folders of. */
    enum ChildrenType {
        DATASET("dataset", ".datasets", Map.of()),
        PIPELINE("pipeline", ".pipelines", Map.of("system_tags", List.of("pipeline"), "type", List.of("controller"))),
        REPORT("reports", ".reports", Map.of("system_tags", List.of("reports"), "type", List.of("report")));

        private final String tag;
        private final String container;
        private final Map<String, Object> filter;

        ChildrenType(String tag, String container, Map<String, Object> filter) {
            this.tag = tag;
            this.container = container;
            this.filter = filter;
        }

        /** The system tag of the children. */
        String tag() {
            return tag;
        }

        /** The name of the projects that only hold such children. */
        String container() {
            return container;
        }
    }

    /** Whatever some users are active in. */
    static ProjectListRequest ofUsers(List<String> users) {
        return new ProjectListRequest(
                false, Map.of(), true, null, false, false, false, users, null, List.of(), Map.of());
    }

    /** The filter on the tags of children, null for none. */
    @Nullable
    Object tagsFilter() {
        if (childrenType == null) {
            return null;
        }
        if (!childrenTagsFilter.isEmpty()) {
            return childrenTagsFilter;
        }
        return childrenTags.isEmpty() ? null : childrenTags;
    }

    /** Whether only some projects are wanted, by users or children. */
    boolean isSelective() {
        return !activeUsers.isEmpty() || childrenType != null;
    }

    StatsFilter statsFilter() {
        if (!includeStatsFilter.isEmpty()) {
            return new StatsFilter(includeStatsFilter, activeUsers);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        Object tags = tagsFilter();
        if (tags != null) {
            fields.put("tags", tags);
        }
        if (childrenType != null) {
            fields.putAll(childrenType.filter);
        }
        return new StatsFilter(fields, activeUsers);
    }

    /** Whether hidden projects below are counted. */
    boolean withHiddenChildren() {
        boolean ofHiddenKind = childrenType == ChildrenType.PIPELINE || childrenType == ChildrenType.REPORT;
        return searchHidden || (includeStatsFilter.isEmpty() && ofHiddenKind);
    }
}
