package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The projections that only {@code find} has: parts of arrays. */
final class ArrayProjections {

    private final @Nullable Filter filter;
    private final Collation collation;

    ArrayProjections(@Nullable Filter filter, Collation collation) {
        this.filter = filter;
        this.collation = collation;
    }

    /** {@code $slice} with numbers is the one of find; with an array expression first it is the operator. */
    static boolean findSlice(@Nullable Object operand) {
        return operand instanceof Number
                || operand instanceof List<?> l && l.stream().allMatch(Number.class::isInstance);
    }

    Expression slice(FieldPath path, @Nullable Object operand) {
        return scope -> {
            Object value = raw(path, scope.root());
            if (!(value instanceof List<?> list)) {
                return value;
            }
            int size = list.size();
            if (operand instanceof List<?> l) {
                int skip = ((Number) l.get(0)).intValue();
                int count = ((Number) l.get(1)).intValue();
                int from = skip < 0 ? Math.max(0, size + skip) : Math.min(skip, size);
                return ArrayOperators.part(list, from, (int) Math.min(size, (long) from + count));
            }
            int count = operand instanceof Number n ? n.intValue() : 0;
            return count < 0
                    ? ArrayOperators.part(list, Math.max(0, size + count), size)
                    : ArrayOperators.part(list, 0, Math.min(size, count));
        };
    }

    Expression elementMatch(FieldPath path, Document match) {
        Filter element = Filter.of(new Document("e", new Document("$elemMatch", match)), collation);
        return scope -> {
            if (raw(path, scope.root()) instanceof List<?> list) {
                int at = element.position(new Document("e", list));
                if (at >= 0) {
                    return List.of(Objects.requireNonNull(list.get(at)));
                }
            }
            return Values.MISSING;
        };
    }

    Expression positional(FieldPath path) {
        return scope -> {
            Object value = raw(path, scope.root());
            if (!(value instanceof List<?> list)) {
                return value;
            }
            int at = filter == null || !(scope.root() instanceof Document d) ? -1 : filter.position(d);
            if (at < 0 || at >= list.size()) {
                throw Errors.location(
                        51246,
                        "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array");
            }
            return ArrayOperators.part(list, at, at + 1);
        };
    }

    private static @Nullable Object raw(FieldPath path, @Nullable Object root) {
        Object value = root;
        for (String part : path.parts()) {
            value = value instanceof Document d ? d.getOrDefault(part, Values.MISSING) : Values.MISSING;
        }
        return value;
    }
}
