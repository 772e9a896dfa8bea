package clearml.apiserver.projects;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.query.Truth;
import clearml.apiserver.query.ValueFilter;
import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks (or models, datasets) count in the statistics of projects.
 *
 * @param fields values by field, as lists with operators or as objects {@code {any, all}}
 * @param users those that made them; empty for anybody
 */
record StatsFilter(Map<String, Object> fields, Collection<String> users) {

    private static final String SYSTEM_TAGS = "system_tags";
    private static final String ARCHIVED = "archived";
    private static final Set<String> ARCHIVED_FORMS = Set.of(ARCHIVED, "-" + ARCHIVED);
    private static final Bson NOT_ARCHIVED = Filters.ne(SYSTEM_TAGS, ARCHIVED);

    /** 400/12 for a filter that is neither a list of texts nor an object. */
    StatsFilter {
        fields.forEach(StatsFilter::check);
    }

    private static void check(String field, @Nullable Object value) {
        boolean mayBeEmpty = field.equals(SYSTEM_TAGS) && value instanceof List<?>;
        if (!(value instanceof List<?> || value instanceof Map<?, ?>) || (!Truth.of(value) && !mayBeEmpty)) {
            throw ApiError.VALIDATION_ERROR.of("Non empty list or dictionary expected for the field: " + field);
        }
        if (value instanceof List<?> items && !items.stream().allMatch(String.class::isInstance)) {
            throw ApiError.VALIDATION_ERROR.of("Only string values are allowed in the list filter: " + field);
        }
    }

    /** Archived ones never count, whatever the filter says of them. */
    Bson active(String company) {
        List<Bson> all = conditions(company);
        fields.forEach((field, value) -> add(all, field, field.equals(SYSTEM_TAGS) ? withoutArchived(value) : value));
        all.add(NOT_ARCHIVED);
        return Filters.and(all);
    }

    /** Archived ones do not count unless the filter says something of them. */
    Bson own(String company) {
        List<Bson> all = conditions(company);
        fields.forEach((field, value) -> add(all, field, value));
        if (ownIsActive()) {
            all.add(NOT_ARCHIVED);
        }
        return Filters.and(all);
    }

    /** Whether {@link #own} and {@link #active} are the same. */
    boolean ownIsActive() {
        return !mentionsArchived(fields.get(SYSTEM_TAGS));
    }

    /** Just the filter. */
    Bson plain(String company) {
        List<Bson> all = conditions(company);
        fields.forEach((field, value) -> add(all, field, value));
        return Filters.and(all);
    }

    private List<Bson> conditions(String company) {
        List<Bson> all = new ArrayList<>();
        all.add(ProjectContents.visible(company));
        if (!users.isEmpty()) {
            all.add(Filters.in("user", users));
        }
        return all;
    }

    private static void add(List<Bson> all, String field, Object value) {
        Document condition = ValueFilter.condition(field, value);
        if (condition != null) {
            all.add(condition);
        }
    }

    private static Object withoutArchived(Object value) {
        return value instanceof List<?> items
                ? items.stream().filter(item -> !ARCHIVED_FORMS.contains(item)).toList()
                : value;
    }

    private static boolean mentionsArchived(@Nullable Object value) {
        if (value instanceof Collection<?> items) {
            return items.stream().anyMatch(StatsFilter::mentionsArchived);
        }
        if (value instanceof Map<?, ?> group) {
            return group.values().stream().anyMatch(StatsFilter::mentionsArchived);
        }
        return value instanceof String text && ARCHIVED_FORMS.contains(text);
    }
}
