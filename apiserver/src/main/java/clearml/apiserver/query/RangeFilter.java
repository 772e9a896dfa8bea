package clearml.apiserver.query;

import clearml.apiserver.call.ApiError;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** {@code [min, max]} on a field, both included; either may be null. */
final class RangeFilter {

    private RangeFilter() {}

    /** The condition on a stored path. Without a minimum, documents without a value are found too. */
    static Document condition(String name, String path, FieldType type, @Nullable Object value) {
        if (!(value instanceof List<?> bounds) || bounds.size() != 2) {
            throw ApiError.VALIDATION_ERROR.of("Min and max values should be specified for range field " + name);
        }
        if (bounds.get(0) == null && bounds.get(1) == null) {
            throw ApiError.VALIDATION_ERROR.of(
                    "At least one of min or max values should be provided for field " + name);
        }
        Object min = bound(name, type, bounds.get(0));
        Object max = bound(name, type, bounds.get(1));
        boolean unknown = (min == null && bounds.get(0) != null) || (max == null && bounds.get(1) != null);
        if (unknown) {
            // what is no date is compared as null
            return min == null && max == null ? new Document(path, null) : Clauses.NOTHING;
        }
        Document test = new Document();
        if (min != null) {
            test.put("$gte", min);
        }
        if (max != null) {
            test.put("$lte", max);
        }
        Document condition = new Document(path, test);
        return min != null ? condition : new Document("$or", List.of(condition, new Document(path, null)));
    }

    /** Null if a value is no date where one is needed. */
    private static @Nullable Object bound(String name, FieldType type, @Nullable Object value) {
        if (type == FieldType.Scalar.DATE) {
            return value instanceof String text ? DateTexts.parse(text) : null;
        }
        boolean numeric = type == FieldType.Scalar.INT || name.startsWith("last_metrics.");
        return numeric && value instanceof String text ? number(text) : MongoValues.of(value);
    }

    private static Object number(String text) {
        try {
            return Double.valueOf(text.strip());
        } catch (NumberFormatException e) {
            return text;
        }
    }
}
