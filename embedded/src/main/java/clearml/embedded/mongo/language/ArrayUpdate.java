package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The update operators on arrays. */
final class ArrayUpdate {

    /** So many elements are taken out of a long array one by one, more at once. */
    private static final int FEW = 100;

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
        if (old instanceof StoredArray stored) {
            target.set(at, changed(stored));
            return;
        }
        List<@Nullable Object> list = new ArrayList<>(old instanceof List<?> l ? l : List.of());
        switch (operator) {
            case "$push" -> push(list);
            case "$addToSet" -> addToSet(list);
            case "$pull" -> list.removeIf(pulled());
            case "$pullAll" -> list.removeIf(anyOf());
            default -> pop(list);
        }
        target.set(at, list);
    }

    /** The same for a long array, of which no more is decoded than needed. */
    private List<?> changed(StoredArray array) {
        int size = array.size();
        switch (operator) {
            case "$pop" -> {
                List<Object> ends = new ArrayList<>(List.of(-1, 1));
                pop(ends);
                return array.subList(ends.contains(-1) ? 0 : 1, ends.contains(1) ? size : size - 1);
            }
            case "$push" -> {
                Document options = pushOptions();
                if (options.containsKey("$sort")) {
                    List<@Nullable Object> list = new ArrayList<>(array);
                    push(list);
                    return list;
                }
                int at = pushedAt(options, size);
                StoredArray pushed = array.spliced(at, at, FieldUpdate.each(operand, operator));
                return options.get("$slice") instanceof Number n ? sliced(pushed, n.intValue()) : pushed;
            }
            case "$addToSet" -> {
                List<@Nullable Object> list = new ArrayList<>(array);
                addToSet(list);
                return array.spliced(size, size, list.subList(size, list.size()));
            }
            default -> {
                return without(array);
            }
        }
    }

    private List<?> without(StoredArray array) {
        List<Integer> gone = operator.equals("$pull") ? pulledFrom(array) : positions(array, anyOf());
        if (gone.size() > FEW) {
            Set<Integer> positions = new HashSet<>(gone);
            List<@Nullable Object> rest = new ArrayList<>();
            int i = 0;
            for (Object element : array) {
                if (!positions.contains(i++)) {
                    rest.add(element);
                }
            }
            return rest;
        }
        StoredArray rest = array;
        for (int i = gone.size() - 1; i >= 0; i--) {
            rest = rest.spliced(gone.get(i), gone.get(i) + 1, List.of());
        }
        return rest;
    }

    private static List<Integer> positions(StoredArray array, Predicate<@Nullable Object> test) {
        List<Integer> positions = new ArrayList<>();
        int i = 0;
        for (Object element : array) {
            if (test.test(element)) {
                positions.add(i);
            }
            i++;
        }
        return positions;
    }

    private List<Integer> pulledFrom(StoredArray array) {
        Predicate<@Nullable Object> pulled = pulled();
        if (!(operand instanceof Document query)
                || query.size() != 1
                || !collation.simple()
                || !(query.values().iterator().next() instanceof String text)) {
            return positions(array, pulled);
        }
        String path = query.keySet().iterator().next();
        String top = FieldPath.topOf(path);
        List<Integer> positions = new ArrayList<>();
        int found = array.indexOf(0, top, path.equals(top) ? text : null, pulled::test);
        while (found >= 0) {
            positions.add(found);
            found = array.indexOf(found + 1, top, path.equals(top) ? text : null, pulled::test);
        }
        return positions;
    }

    private Predicate<@Nullable Object> anyOf() {
        List<@Nullable Object> values = Values.list(operand, "$pullAll requires an array argument; it");
        return value -> values.stream().anyMatch(v -> Values.equal(v, value, collation));
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
        Document options = pushOptions();
        int at = pushedAt(options, list.size());
        for (Object value : FieldUpdate.each(operand, operator)) {
            list.add(at++, Values.copy(value));
        }
        if (options.containsKey("$sort")) {
            list.sort(SortOrder.elements(options.get("$sort"), collation));
        }
        if (options.get("$slice") instanceof Number n) {
            slice(list, n.intValue());
        }
    }

    private Document pushOptions() {
        Document options = operand instanceof Document d && d.containsKey("$each") ? d : new Document();
        options.keySet().forEach(option -> {
            if (!List.of("$each", "$position", "$slice", "$sort").contains(option)) {
                throw Errors.badValue("Unrecognized clause in $push: " + option);
            }
        });
        return options;
    }

    private static int pushedAt(Document options, int size) {
        if (options.get("$position") instanceof Number n) {
            int wanted = n.intValue();
            return wanted < 0 ? Math.max(0, size + wanted) : Math.min(wanted, size);
        }
        return size;
    }

    private static StoredArray sliced(StoredArray array, int count) {
        int size = array.size();
        return count >= 0 ? array.subList(0, Math.min(count, size)) : array.subList(Math.max(0, size + count), size);
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
                || operand instanceof Document o && !o.isEmpty() && FilterParser.onValue(o)) {
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
