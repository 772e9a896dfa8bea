package clearml.apiserver.query;

import clearml.apiserver.call.ApiError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * {@code _any_}, {@code _or_}, {@code _all_} and {@code _and_}: a pattern (upper and lower case alike) or dates on
 * several fields, of which one or all must fulfil it.
 */
final class FieldsFilter {

    private static final List<String> KEYS = List.of("_any_", "_or_", "_all_", "_and_");

    private FieldsFilter() {}

    static boolean isOne(String key) {
        return KEYS.contains(key);
    }

    /** The condition, null if nothing is asked. */
    static @Nullable Document condition(EntityModel model, String key, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> filter)
                || filter.get("fields") == null
                || (filter.get("pattern") == null) == (filter.get("datetime") == null)) {
            throw DateFilter.failed("incorrect field format: field=" + key, key);
        }
        boolean all = key.equals("_all_") || key.equals("_and_");
        List<String> fields = new ArrayList<>(ProjectionPaths.paths(filter.get("fields")));
        if (all) {
            Collections.sort(fields);
        }
        List<Document> conditions = filter.get("pattern") != null
                ? patterns(model, fields, filter.get("pattern"), key)
                : dates(model, fields, filter.get("datetime"), key);
        return conditions.isEmpty() ? null : Clauses.join(all ? "$and" : "$or", conditions);
    }

    private static List<Document> patterns(
            EntityModel model, List<String> fields, @Nullable Object pattern, String key) {
        if (!(pattern instanceof String regex)) {
            throw DateFilter.failed("pattern must be a string", key);
        }
        Document test = TextPattern.test(regex, true);
        List<Document> conditions = new ArrayList<>();
        for (String field : fields) {
            if (!isText(Paths.resolve(model, field))) {
                throw ApiError.FIELDS_VALUE_ERROR
                        .of("pattern can be applied to text fields only")
                        .with("field", field);
            }
            conditions.add(new Document(EntityModel.stored(field), test));
        }
        return conditions;
    }

    private static boolean isText(FieldType type) {
        return !(type instanceof FieldType.Scalar) || type == FieldType.Scalar.STRING;
    }

    private static List<Document> dates(EntityModel model, List<String> fields, @Nullable Object dates, String key) {
        if (model.filters().dates().isEmpty()) {
            throw DateFilter.failed("argument of type 'NoneType' is not iterable", key);
        }
        List<Document> conditions = new ArrayList<>();
        for (String field : fields) {
            if (model.filters().dates().contains(field)) {
                Document condition = DateFilter.condition(key, field, dates);
                if (condition != null) {
                    conditions.add(condition);
                }
            }
        }
        return conditions;
    }
}
