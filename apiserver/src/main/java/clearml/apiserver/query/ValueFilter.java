package clearml.apiserver.query;

import clearml.apiserver.call.ApiError;
import java.util.Collection;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** The filter of a field outside of list requests: a list with operators, or {@code {any, all, op}}. */
public final class ValueFilter {

    private ValueFilter() {}

    /** The condition, null if nothing is asked; 400/12 and 400/16 for what is no filter. */
    public static @Nullable Document condition(String field, Object value) {
        if (field.isEmpty() || field.startsWith("$")) {
            throw ApiError.VALIDATION_ERROR.of("invalid field").with("field", field);
        }
        if (value instanceof Map<?, ?> group) {
            return GroupFilter.condition(field, EntityModel.stored(field), group);
        }
        Collection<?> items = (Collection<?>) value;
        return items.isEmpty() ? null : ListFilter.condition(field, EntityModel.stored(field), items);
    }
}
