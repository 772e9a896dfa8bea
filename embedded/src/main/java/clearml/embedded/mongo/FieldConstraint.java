package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Regexes;
import clearml.embedded.mongo.language.Values;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a filter demands of one field, as far as an index can use it: some values, or a range within one type. */
final class FieldConstraint {

    private @Nullable List<@Nullable Object> points;
    private @Nullable Object lower;
    private boolean lowerIncluded;
    private @Nullable Object upper;
    private boolean upperIncluded;

    /** The only values that match; null when there is no such list. */
    @Nullable
    List<@Nullable Object> points() {
        return points;
    }

    boolean range() {
        return lower != null || upper != null;
    }

    boolean useful() {
        return points != null || range();
    }

    /** Whether a string takes part, so that the index must have the query's collation. */
    boolean comparesStrings() {
        return points != null && points.stream().anyMatch(FieldConstraint::collated)
                || collated(lower)
                || collated(upper);
    }

    private static boolean collated(@Nullable Object value) {
        return value instanceof String || value instanceof Document;
    }

    boolean matchesNull() {
        return points != null && points.contains(null);
    }

    void demand(@Nullable Object condition) {
        if (condition instanceof BsonRegularExpression r) {
            prefix(r);
        } else if (condition instanceof Document d
                && !d.isEmpty()
                && d.keySet().iterator().next().startsWith("$")) {
            d.forEach((operator, operand) -> demand(operator, operand, d));
        } else if (!(condition instanceof List)) {
            point(condition);
        }
    }

    private void point(@Nullable Object value) {
        List<@Nullable Object> one = new ArrayList<>(1);
        one.add(value);
        narrow(one);
    }

    private void narrow(List<@Nullable Object> values) {
        if (points == null || values.size() < points.size()) {
            points = values;
        }
    }

    private void demand(String operator, @Nullable Object operand, Document siblings) {
        switch (operator) {
            case "$eq" -> {
                if (!(operand instanceof List)) {
                    point(operand);
                }
            }
            case "$in" -> {
                if (operand instanceof List<?> values && indexable(values)) {
                    narrow(distinct(values));
                }
            }
            case "$all" -> {
                if (operand instanceof List<?> values && !values.isEmpty()) {
                    demand(values.get(0));
                }
            }
            case "$gt", "$gte" -> {
                if (bound(operand)) {
                    lower = operand;
                    lowerIncluded = operator.equals("$gte");
                }
            }
            case "$lt", "$lte" -> {
                if (bound(operand)) {
                    upper = operand;
                    upperIncluded = operator.equals("$lte");
                }
            }
            case "$regex" -> {
                if (operand instanceof String s && !siblings.containsKey("$options")) {
                    prefix(new BsonRegularExpression(s, ""));
                } else if (operand instanceof BsonRegularExpression r && !siblings.containsKey("$options")) {
                    prefix(r);
                }
            }
            default -> {
                // other operators say nothing that an index could use
            }
        }
    }

    private static List<@Nullable Object> distinct(List<?> values) {
        Set<Object> keys = new HashSet<>();
        List<@Nullable Object> distinct = new ArrayList<>();
        values.forEach(value -> {
            if (keys.add(Values.key(value))) {
                distinct.add(value);
            }
        });
        return distinct;
    }

    private static boolean indexable(List<?> values) {
        return values.stream().noneMatch(v -> v instanceof List || v instanceof BsonRegularExpression);
    }

    private static boolean bound(@Nullable Object operand) {
        return operand != null
                && !(operand instanceof List)
                && !(operand instanceof MinKey)
                && !(operand instanceof MaxKey);
    }

    private void prefix(BsonRegularExpression expression) {
        String prefix = Regexes.prefix(expression);
        if (prefix != null && lower == null && upper == null) {
            lower = prefix;
            lowerIncluded = true;
            upper = prefix + "\uDBFF\uDFFF";
            upperIncluded = true;
        }
    }

    /** Where the range begins behind the given values. With {@code half} only one of two bounds is used. */
    IndexKey from(@Nullable Object[] prefix) {
        Object low = lower;
        if (low == null) {
            return IndexKey.before(append(prefix, new IndexKey.TypeEdge(Values.typeOrder(upper), -1)));
        }
        @Nullable Object[] values = append(prefix, low);
        return lowerIncluded ? IndexKey.before(values) : IndexKey.after(values);
    }

    /** Where the range ends. Of two bounds only the lower counts when the field holds arrays. */
    IndexKey to(@Nullable Object[] prefix, boolean multikey) {
        Object high = upper;
        if (high == null || multikey && lower != null) {
            Object any = lower == null ? high : lower;
            return IndexKey.after(append(prefix, new IndexKey.TypeEdge(Values.typeOrder(any), 1)));
        }
        @Nullable Object[] values = append(prefix, high);
        return upperIncluded ? IndexKey.after(values) : IndexKey.before(values);
    }

    static @Nullable Object[] append(@Nullable Object[] prefix, @Nullable Object value) {
        @Nullable Object[] longer = Arrays.copyOf(prefix, prefix.length + 1);
        longer[prefix.length] = value;
        return longer;
    }
}
