package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The update operators on arrays. */
final class ArrayUpdate {

    private final String operator;
    private final String path;
    private final @Nullable Object operand;
    private final Collation collation;

    ArrayUpdate(String operator, String path, @Nullable Object operand, Collation collation) {
        this.operator = operator;
        this.path = path;
        this.operand = operand;
        this.collation = collation;
    }

    void apply(UpdateTarget target, String[] at) {
        Object old = target.get(at);
        boolean removes = operator.equals("$pull") || operator.equals("$pullAll") || operator.equals("$pop");
        if (old == Values.MISSING && removes) {
            return;
        }
        if (old != Values.MISSING && !(old instanceof List)) {
            throw notAnArray(target, old);
        }
        List<@Nullable Object> list = new ArrayList<>(old instanceof List<?> l ? l : List.of());
        switch (operator) {
            case "$push" -> push(list);
            case "$addToSet" -> addToSet(list);
            case "$pull" -> list.removeIf(pulled());
            case "$pullAll" -> {
                List<@Nullable Object> values = Values.list(operand, "$pullAll requires an array argument; it");
                list.removeIf(value -> values.stream().anyMatch(v -> Values.equal(v, value, collation)));
            }
            default -> pop(list);
        }
        target.set(at, list);
    }

    private RuntimeException notAnArray(UpdateTarget target, @Nullable Object old) {
        String type = BsonTypes.name(old);
        return switch (operator) {
            case "$push" ->
                Errors.badValue("The field '" + path + "' must be an array but is of type " + type
                        + " in document {_id: " + Literals.of(target.document().get("_id")) + "}");
            case "$addToSet" ->
                Errors.badValue("Cannot apply $addToSet to non-array field. Field named '" + path
                        + "' has non-array type " + type);
            case "$pop" ->
                Errors.typeMismatch("Path '" + path + "' contains an element of non-array type '" + type + "'");
            default -> Errors.badValue("Cannot apply " + operator + " to a non-array value");
        };
    }

    private void push(List<@Nullable Object> list) {
        List<?> added = FieldUpdate.each(operand, operator);
        Document options = operand instanceof Document d && d.containsKey("$each") ? d : new Document();
        options.keySet().forEach(option -> {
            if (!List.of("$each", "$position", "$slice", "$sort").contains(option)) {
                throw Errors.badValue("Unrecognized clause in $push: " + option);
            }
        });
        int at = list.size();
        if (options.get("$position") instanceof Number n) {
            int wanted = n.intValue();
            at = wanted < 0 ? Math.max(0, list.size() + wanted) : Math.min(wanted, list.size());
        }
        for (Object value : added) {
            list.add(at++, Values.copy(value));
        }
        if (options.containsKey("$sort")) {
            list.sort(SortOrder.elements(options.get("$sort"), collation));
        }
        if (options.get("$slice") instanceof Number n) {
            slice(list, n.intValue());
        }
    }

    private static void slice(List<@Nullable Object> list, int count) {
        if (count >= 0) {
            list.subList(Math.min(count, list.size()), list.size()).clear();
        } else {
            list.subList(0, Math.max(0, list.size() + count)).clear();
        }
    }

    private void addToSet(List<@Nullable Object> list) {
        var keys = ArrayOperators.keys(list);
        for (Object value : FieldUpdate.each(operand, operator)) {
            if (keys.add(Values.key(value))) {
                list.add(Values.copy(value));
            }
        }
    }

    private Predicate<@Nullable Object> pulled() {
        if (operand instanceof BsonRegularExpression
                || operand instanceof Document o && !o.isEmpty() && FilterParser.operator(o)) {
            Filter filter = Filter.of(new Document("v", operand), collation);
            return value -> filter.test(new Document("v", value));
        }
        if (operand instanceof Document query) {
            Filter filter = Filter.of(query, collation);
            return value -> value instanceof Document d && filter.test(d);
        }
        return value -> Values.equal(value, operand, collation);
    }

    private void pop(List<@Nullable Object> list) {
        if (!(operand instanceof Number n) || Math.abs(n.doubleValue()) != 1) {
            throw Errors.failedToParse("$pop expects 1 or -1, found: " + Literals.of(operand));
        }
        if (!list.isEmpty()) {
            list.remove(n.intValue() < 0 ? 0 : list.size() - 1);
        }
    }
}
