package clearml.embedded.mongo.language;

import clearml.embedded.mongo.language.Filter.Condition;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a filter document into conditions. */
final class FilterParser {

    private final ValueTests tests;
    private final Collation collation;
    private final List<String> textFields;
    private final Map<String, @Nullable Object> variables;
    private final Set<String> fields = new HashSet<>();
    private boolean anyField;
    private @Nullable TextSearch text;

    FilterParser(Collation collation, List<String> textFields, Map<String, @Nullable Object> variables) {
        this.collation = collation;
        this.tests = new ValueTests(collation);
        this.textFields = textFields;
        this.variables = variables;
    }

    Filter parse(Document query) {
        Condition condition = all(query);
        return new Filter(condition, anyField ? null : fields, query.isEmpty(), text);
    }

    private Condition all(Document query) {
        List<Condition> conditions = new ArrayList<>(query.size());
        query.forEach((key, value) -> conditions.add(key.startsWith("$") ? logical(key, value) : field(key, value)));
        return and(conditions);
    }

    private static Condition and(List<Condition> conditions) {
        if (conditions.size() == 1) {
            return conditions.get(0);
        }
        Condition[] parts = conditions.toArray(new Condition[0]);
        return (document, position) -> {
            for (Condition part : parts) {
                if (!part.test(document, position)) {
                    return false;
                }
            }
            return true;
        };
    }

    private static Condition not(Condition condition) {
        return (document, position) -> !condition.test(document, null);
    }

    private static Condition or(List<Condition> conditions) {
        Condition[] parts = conditions.toArray(new Condition[0]);
        return (document, position) -> {
            for (Condition part : parts) {
                if (part.test(document, position)) {
                    return true;
                }
            }
            return false;
        };
    }

    private Condition logical(String key, @Nullable Object value) {
        return switch (key) {
            case "$and" -> and(branches(key, value));
            case "$or" -> or(branches(key, value));
            case "$nor" -> not(or(branches(key, value)));
            case "$expr" -> expression(value);
            case "$text" -> {
                anyField = true;
                TextSearch search = TextSearch.of(Values.document(value, "$text"), textFields);
                text = search;
                yield (document, position) -> search.matches(document);
            }
            case "$comment" -> (document, position) -> true;
            case "$where", "$jsonSchema" -> throw Errors.unsupported(key);
            default ->
                throw Errors.badValue(
                        "unknown top level operator: " + key
                                + ". If you have a field name that starts with a '$' symbol, consider using $getField or $setField.");
        };
    }

    private List<Condition> branches(String key, @Nullable Object value) {
        if (!(value instanceof List<?> list)) {
            throw Errors.badValue(key + " must be an array");
        }
        if (list.isEmpty()) {
            throw Errors.badValue("$and/$or/$nor must be a nonempty array");
        }
        List<Condition> conditions = new ArrayList<>(list.size());
        for (Object branch : list) {
            if (!(branch instanceof Document d)) {
                throw Errors.badValue("$or/$and/$nor entries need to be full objects");
            }
            conditions.add(all(d));
        }
        return conditions;
    }

    private Condition expression(@Nullable Object value) {
        Expression expression = Expressions.parse(value);
        Set<String> used = FieldReferences.of(value);
        if (used == null) {
            anyField = true;
        } else {
            fields.addAll(used);
        }
        return (document, position) -> Values.truthy(expression.evaluate(new Scope(document, variables, collation)));
    }

    private Condition field(String key, @Nullable Object value) {
        FieldPath path = FieldPath.of(key);
        fields.add(path.top());
        return operators(path, value);
    }

    private Condition operators(FieldPath path, @Nullable Object value) {
        if (!(value instanceof Document d) || d.isEmpty() || !operator(d)) {
            return on(path, literal(value), true);
        }
        List<Condition> conditions = new ArrayList<>(d.size());
        for (Map.Entry<String, Object> entry : d.entrySet()) {
            if (!entry.getKey().equals("$options")) {
                conditions.add(operator(path, entry.getKey(), entry.getValue(), d));
            }
        }
        return and(conditions);
    }

    static boolean operator(Document d) {
        String first = d.keySet().iterator().next();
        return first.startsWith("$") && !first.equals("$ref") && !first.equals("$id") && !first.equals("$db");
    }

    /** Whether it has operators on one value, and not those that combine conditions on documents. */
    static boolean onValue(Document d) {
        return operator(d)
                && !Set.of("$and", "$or", "$nor", "$expr")
                        .contains(d.keySet().iterator().next());
    }

    private FieldPath.Visitor literal(@Nullable Object value) {
        return value instanceof BsonRegularExpression r ? tests.regex(r) : tests.equalTo(value);
    }

    private static Condition on(FieldPath path, FieldPath.Visitor test, boolean expand) {
        return (document, position) -> path.visit(document, test, expand, position);
    }

    private Condition operator(FieldPath path, String name, @Nullable Object operand, Document siblings) {
        return switch (name) {
            case "$eq" -> on(path, tests.equalTo(operand), true);
            case "$ne" -> not(on(path, literalOrReject(operand), true));
            case "$gt", "$gte", "$lt", "$lte" -> on(path, tests.compared(name, operand), true);
            case "$in" -> on(path, tests.in(name, operand), true);
            case "$nin" -> not(on(path, tests.in(name, operand), true));
            case "$not" -> not(negated(path, operand));
            case "$exists" -> {
                Condition there = on(path, (value, position) -> value != Values.MISSING, false);
                yield Values.truthy(operand) ? there : not(there);
            }
            case "$type" -> on(path, tests.type(operand), true);
            case "$regex" -> on(path, tests.regex(regex(operand, siblings)), true);
            case "$size" -> on(path, tests.size(operand), false);
            case "$mod" -> on(path, tests.mod(operand), true);
            case "$all" -> allOf(path, Values.list(operand, "$all"));
            case "$elemMatch" -> on(path, element(operand), false);
            case "$bitsAllSet", "$bitsAnySet", "$bitsAllClear", "$bitsAnyClear" ->
                on(path, tests.bits(name, operand), true);
            case "$geoWithin", "$geoIntersects", "$near", "$nearSphere" -> throw Errors.unsupported(name);
            default -> throw Errors.badValue("unknown operator: " + name);
        };
    }

    private FieldPath.Visitor literalOrReject(@Nullable Object operand) {
        if (operand instanceof BsonRegularExpression) {
            throw Errors.badValue("Can't have regex as arg to $ne.");
        }
        return tests.equalTo(operand);
    }

    private Condition negated(FieldPath path, @Nullable Object operand) {
        if (operand instanceof BsonRegularExpression r) {
            return on(path, tests.regex(r), true);
        }
        if (operand instanceof Document d && !d.isEmpty()) {
            return operators(path, d);
        }
        throw Errors.badValue("$not needs a regex or a document");
    }

    static BsonRegularExpression regex(@Nullable Object pattern, Document siblings) {
        Object options = siblings.get("$options");
        if (pattern instanceof BsonRegularExpression r) {
            return options == null ? r : new BsonRegularExpression(r.getPattern(), options.toString());
        }
        if (pattern instanceof String s) {
            return new BsonRegularExpression(s, options == null ? "" : options.toString());
        }
        throw Errors.badValue("$regex has to be a string");
    }

    private Condition allOf(FieldPath path, List<@Nullable Object> operands) {
        if (operands.isEmpty()) {
            return (document, position) -> false;
        }
        List<Condition> conditions = new ArrayList<>(operands.size());
        for (Object operand : operands) {
            boolean nested = operand instanceof Document d && d.containsKey("$elemMatch");
            conditions.add(nested ? operators(path, operand) : on(path, literal(operand), true));
        }
        return and(conditions);
    }

    private FieldPath.Visitor element(@Nullable Object operand) {
        Document query = Values.document(operand, "$elemMatch");
        boolean onValues = !query.isEmpty() && onValue(query);
        Condition condition =
                onValues ? valueCondition(query) : new FilterParser(collation, List.of(), variables).all(query);
        return (value, position) -> {
            if (!(value instanceof List<?> list)) {
                return false;
            }
            int found = !onValues && list instanceof StoredArray stored
                    ? ofStored(stored, query, condition)
                    : firstOf(list, condition, onValues);
            if (found >= 0 && position != null) {
                position[0] = found;
            }
            return found >= 0;
        };
    }

    private static int firstOf(List<?> list, Condition condition, boolean onValues) {
        int i = 0;
        for (Object element : list) {
            Document probe = onValues ? new Document("v", element) : element instanceof Document d ? d : null;
            if (probe != null && condition.test(probe, null)) {
                return i;
            }
            i++;
        }
        return -1;
    }

    /** Looks among the elements that have the text which the query wants in one of their fields, if it does. */
    private int ofStored(StoredArray array, Document query, Condition condition) {
        for (Map.Entry<String, Object> wanted : query.entrySet()) {
            String field = wanted.getKey();
            if (collation.simple() && wanted.getValue() instanceof String text && !field.startsWith("$")) {
                String top = FieldPath.topOf(field);
                boolean alone = query.size() == 1 && field.equals(top);
                return array.indexOf(0, top, alone ? text : null, element -> condition.test(element, null));
            }
        }
        return firstOf(array, condition, false);
    }

    /** Conditions on bare array elements are conditions on the field v of a document around them. */
    private Condition valueCondition(Document operators) {
        return new FilterParser(collation, List.of(), variables).operators(FieldPath.of("v"), operators);
    }
}
