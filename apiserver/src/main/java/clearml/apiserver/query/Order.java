package clearml.apiserver.query;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The order of a list.
 *
 * @param sort for MongoDB; empty for its natural order
 * @param first the first field if it is ascending: documents without it come last; null otherwise
 * @param firstType of that field
 * @param numeric whether texts with numbers are ordered and compared as numbers
 */
record Order(
        Document sort, @Nullable String first, @Nullable FieldType firstType, boolean numeric) {

    private static final String TEXT_SCORE = "@text_score";

    static Order of(EntityModel model, Map<String, ?> request) {
        List<String> paths = names(model, request.get("order_by")).stream()
                .map(model.rewriting()::apply)
                .toList();
        boolean searched = request.get("search_text") instanceof String text && !text.isEmpty();
        if (paths.contains(TEXT_SCORE) && !searched) {
            throw ApiError.FIELDS_VALUE_ERROR.of("text score cannot be used in order_by when search text is not used");
        }
        String first = paths.isEmpty() || paths.get(0).isEmpty() ? "-" : paths.get(0);
        boolean ascending = !first.startsWith("-") && !first.startsWith("@");
        FieldType type = ascending ? Paths.resolve(model, first) : null;
        return new Order(sort(model, paths), ascending ? first : null, type, numeric(model, request, first));
    }

    private static List<String> names(EntityModel model, @Nullable Object value) {
        // where paths are rewritten a text is taken letter by letter, as the reference does
        return value instanceof String text
                        && !text.isEmpty()
                        && !model.rewriting().isActive()
                ? List.of(text)
                : ProjectionPaths.paths(value);
    }

    private static Document sort(EntityModel model, List<String> paths) {
        Document sort = new Document();
        boolean byId = false;
        for (String path : paths) {
            boolean descending = path.startsWith("-");
            String name = descending ? path.substring(1) : path;
            byId |= name.equals("id");
            if (name.equals(TEXT_SCORE)) {
                sort.put("score", new Document("$meta", "textScore"));
            } else if (exists(model, name)) {
                sort.put(EntityModel.stored(name), descending ? -1 : 1);
            }
        }
        if (!paths.isEmpty() && !byId) {
            sort.put("_id", 1);
        }
        return sort;
    }

    private static boolean exists(EntityModel model, String name) {
        try {
            Paths.resolve(model, name);
            return true;
        } catch (ApiException e) {
            return false;
        }
    }

    private static boolean numeric(EntityModel model, Map<String, ?> request, String first) {
        String name = first.startsWith("-") ? first.substring(1) : first;
        return model.ordersNumerically(name) || request.keySet().stream().anyMatch(model::ordersNumerically);
    }

    /** Whether the list falls into documents with and without a value of the first field. */
    boolean hasSeam() {
        return first != null && !first.equals("id");
    }

    /** The order among documents without a value of the first field. */
    Document sortWithoutValue() {
        if (!(firstType instanceof FieldType.ListOf) || first == null) {
            return sort;
        }
        Document others = new Document(sort);
        others.remove(first);
        return others;
    }

    /** What documents fulfil that come first, or last. */
    Document half(boolean withValue) {
        if (firstType instanceof FieldType.ListOf) {
            return new Document(first + ".0", new Document("$exists", withValue));
        }
        boolean text = firstType == FieldType.Scalar.STRING || firstType instanceof FieldType.Reference;
        List<Object> empty = text ? Arrays.asList(null, "") : Collections.singletonList(null);
        return new Document(first, new Document(withValue ? "$nin" : "$in", empty));
    }
}
