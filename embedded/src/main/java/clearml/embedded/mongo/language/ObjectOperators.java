package clearml.embedded.mongo.language;

import static clearml.embedded.mongo.language.Expressions.function;

import clearml.embedded.mongo.language.Expressions.Operator;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operators on documents. */
final class ObjectOperators {

    private ObjectOperators() {}

    static void register(Map<String, Operator> operators) {
        operators.put("$objectToArray", function("$objectToArray", 1, 1, (v, scope) -> toArray(v.get(0))));
        operators.put("$arrayToObject", function("$arrayToObject", 1, 1, (v, scope) -> toObject(v.get(0))));
        operators.put("$mergeObjects", function("$mergeObjects", 0, Integer.MAX_VALUE, (v, scope) -> merge(v)));
        operators.put("$getField", ObjectOperators::getField);
        operators.put("$setField", ObjectOperators::setField);
        operators.put("$unsetField", ObjectOperators::setField);
    }

    private static @Nullable Object toArray(@Nullable Object value) {
        if (Values.absent(value)) {
            return null;
        }
        if (!(value instanceof Document d)) {
            throw Errors.location(40390, "$objectToArray requires a document input, found: " + BsonTypes.name(value));
        }
        List<Document> pairs = new ArrayList<>(d.size());
        d.forEach((k, v) -> pairs.add(new Document("k", k).append("v", v)));
        return pairs;
    }

    private static @Nullable Object toObject(@Nullable Object value) {
        if (Values.absent(value)) {
            return null;
        }
        if (!(value instanceof List<?> pairs)) {
            throw Errors.location(40386, "$arrayToObject requires an array input, found: " + BsonTypes.name(value));
        }
        Document result = new Document();
        for (Object pair : pairs) {
            if (pair instanceof Document d && d.get("k") instanceof String k) {
                result.put(k, d.get("v"));
            } else if (pair instanceof List<?> l && l.size() == 2 && l.get(0) instanceof String k) {
                result.put(k, l.get(1));
            } else {
                throw Errors.location(
                        40398, "Unrecognised input type format for $arrayToObject: " + BsonTypes.name(pair));
            }
        }
        return result;
    }

    private static Object merge(List<@Nullable Object> v) {
        List<?> parts = v.size() == 1 && v.get(0) instanceof List<?> l ? l : v;
        Document merged = new Document();
        for (Object part : parts) {
            if (part instanceof Document d) {
                merged.putAll(d);
            } else if (!Values.absent(part)) {
                throw Errors.location(
                        40400, "$mergeObjects requires object inputs, but input is of type " + BsonTypes.name(part));
            }
        }
        return merged;
    }

    private static Expression getField(@Nullable Object operand) {
        Object name = operand instanceof Document d && d.containsKey("field") ? d.get("field") : operand;
        Expression field = Expressions.parse(name);
        Expression input = operand instanceof Document d && d.containsKey("input")
                ? Expressions.parse(d.get("input"))
                : scope -> scope.root();
        return scope -> {
            Object from = input.evaluate(scope);
            if (from == null) {
                return null;
            }
            Object key = field.evaluate(scope);
            return from instanceof Document d && key != null ? d.getOrDefault(key, Values.MISSING) : Values.MISSING;
        };
    }

    private static Expression setField(@Nullable Object operand) {
        Document d = Expressions.named("$setField", operand, "field", "input");
        Expression field = Expressions.parse(d.get("field"));
        Expression input = Expressions.parse(d.get("input"));
        Expression value = Expressions.argument(d, "value", Values.MISSING);
        return scope -> {
            if (!(input.evaluate(scope) instanceof Document from)) {
                return null;
            }
            Document changed = from.clone();
            String key = String.valueOf(field.evaluate(scope));
            Object v = value.evaluate(scope);
            if (v == Values.MISSING) {
                changed.remove(key);
            } else {
                changed.put(key, v);
            }
            return changed;
        };
    }
}
