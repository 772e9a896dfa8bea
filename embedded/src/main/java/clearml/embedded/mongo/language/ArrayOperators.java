package clearml.embedded.mongo.language;

import static clearml.embedded.mongo.language.Expressions.function;

import clearml.embedded.mongo.language.Expressions.Operator;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operators on arrays and sets. */
final class ArrayOperators {

    private ArrayOperators() {}

    static void register(Map<String, Operator> operators) {
        operators.put("$size", function("$size", 1, 1, (v, scope) -> size(v.get(0))));
        operators.put("$isArray", function("$isArray", 1, 1, (v, scope) -> v.get(0) instanceof List));
        operators.put("$in", function("$in", 2, 2, (v, scope) -> in(v, scope)));
        operators.put("$arrayElemAt", function("$arrayElemAt", 2, 2, (v, scope) -> elementAt(v)));
        operators.put("$first", function("$first", 1, 1, (v, scope) -> end(v.get(0), true)));
        operators.put("$last", function("$last", 1, 1, (v, scope) -> end(v.get(0), false)));
        operators.put("$concatArrays", function("$concatArrays", 0, Integer.MAX_VALUE, (v, scope) -> concat(v)));
        operators.put("$slice", function("$slice", 2, 3, (v, scope) -> slice(v)));
        operators.put("$reverseArray", function("$reverseArray", 1, 1, (v, scope) -> reverse(v.get(0))));
        operators.put("$indexOfArray", function("$indexOfArray", 2, 4, (v, scope) -> indexOf(v, scope)));
        operators.put("$range", function("$range", 2, 3, (v, scope) -> range(v)));
        operators.put("$filter", ArrayOperators::filter);
        operators.put("$map", ArrayOperators::map);
        operators.put("$reduce", ArrayOperators::reduce);
        operators.put("$sortArray", ArrayOperators::sortArray);
        operators.put("$zip", ArrayOperators::zip);
        SetOperators.register(operators);
        for (String name : List.of("$sum", "$avg", "$min", "$max", "$stdDevPop", "$stdDevSamp")) {
            operators.put(name, function(name, 0, Integer.MAX_VALUE, (v, scope) -> accumulate(name, v, scope)));
        }
    }

    static List<?> array(String operator, @Nullable Object value) {
        if (value instanceof List<?> l) {
            return l;
        }
        throw Errors.location(28664, operator + " only supports arrays, not " + BsonTypes.name(value));
    }

    private static Object size(@Nullable Object value) {
        if (value instanceof List<?> l) {
            return l.size();
        }
        throw Errors.location(
                17124, "The argument to $size must be an array, but was of type: " + BsonTypes.name(value));
    }

    private static Object in(List<@Nullable Object> v, Scope scope) {
        if (!(v.get(1) instanceof List<?> list)) {
            throw Errors.location(
                    40081, "$in requires an array as a second argument, found: " + BsonTypes.name(v.get(1)));
        }
        for (Object element : list) {
            if (Values.equal(element, v.get(0), scope.collation())) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Object elementAt(List<@Nullable Object> v) {
        if (Values.absent(v.get(0)) || Values.absent(v.get(1))) {
            return null;
        }
        if (!(v.get(0) instanceof List<?> list)) {
            throw Errors.location(
                    28689, "$arrayElemAt's first argument must be an array, but is " + BsonTypes.name(v.get(0)));
        }
        int index = ArithmeticOperators.number("$arrayElemAt", v.get(1)).intValue();
        int at = index < 0 ? index + list.size() : index;
        return at < 0 || at >= list.size() ? Values.MISSING : list.get(at);
    }

    private static @Nullable Object end(@Nullable Object value, boolean first) {
        if (Values.absent(value)) {
            return null;
        }
        List<?> list = array(first ? "$first" : "$last", value);
        return list.isEmpty() ? Values.MISSING : list.get(first ? 0 : list.size() - 1);
    }

    private static @Nullable Object concat(List<@Nullable Object> v) {
        List<@Nullable Object> all = new ArrayList<>();
        StoredArray stored = null;
        for (Object value : v) {
            if (Values.absent(value)) {
                return null;
            }
            if (stored == null && all.isEmpty() && value instanceof StoredArray first) {
                stored = first;
            } else {
                all.addAll(array("$concatArrays", value));
            }
        }
        return stored == null ? all : stored.spliced(stored.size(), stored.size(), all);
    }

    /** A part of a list, which is not decoded when the list is not. */
    static List<?> part(List<?> list, int from, int to) {
        return list instanceof StoredArray ? list.subList(from, to) : new ArrayList<>(list.subList(from, to));
    }

    private static @Nullable Object slice(List<@Nullable Object> v) {
        if (v.stream().anyMatch(Values::absent)) {
            return null;
        }
        List<?> list = array("$slice", v.get(0));
        int size = list.size();
        int second = ArithmeticOperators.number("$slice", v.get(1)).intValue();
        if (v.size() == 2) {
            return second >= 0 ? part(list, 0, Math.min(second, size)) : part(list, Math.max(0, size + second), size);
        }
        int count = ArithmeticOperators.number("$slice", v.get(2)).intValue();
        int from = second < 0 ? Math.max(0, size + second) : Math.min(second, size);
        return part(list, from, Math.min(size, from + count));
    }

    private static @Nullable Object reverse(@Nullable Object value) {
        if (Values.absent(value)) {
            return null;
        }
        List<@Nullable Object> copy = new ArrayList<>(array("$reverseArray", value));
        Collections.reverse(copy);
        return copy;
    }

    private static @Nullable Object indexOf(List<@Nullable Object> v, Scope scope) {
        if (Values.absent(v.get(0))) {
            return null;
        }
        List<?> list = array("$indexOfArray", v.get(0));
        int from = v.size() > 2
                ? ArithmeticOperators.number("$indexOfArray", v.get(2)).intValue()
                : 0;
        int to = v.size() > 3
                ? ArithmeticOperators.number("$indexOfArray", v.get(3)).intValue()
                : list.size();
        for (int i = from; i < Math.min(to, list.size()); i++) {
            if (Values.equal(list.get(i), v.get(1), scope.collation())) {
                return i;
            }
        }
        return -1;
    }

    private static Object range(List<@Nullable Object> v) {
        int from = ArithmeticOperators.number("$range", v.get(0)).intValue();
        int to = ArithmeticOperators.number("$range", v.get(1)).intValue();
        int step = v.size() > 2 ? ArithmeticOperators.number("$range", v.get(2)).intValue() : 1;
        if (step == 0) {
            throw Errors.location(34449, "$range requires a non-zero step value");
        }
        List<Object> numbers = new ArrayList<>();
        for (int i = from; step > 0 ? i < to : i > to; i += step) {
            numbers.add(i);
        }
        return numbers;
    }

    private static Expression filter(@Nullable Object operand) {
        Document d = Expressions.named("$filter", operand, "input", "cond");
        Expression input = Expressions.parse(d.get("input"));
        Expression condition = Expressions.parse(d.get("cond"));
        Expression limit = Expressions.argument(d, "limit", null);
        String as = d.getOrDefault("as", "this").toString();
        return scope -> {
            Object value = input.evaluate(scope);
            if (Values.absent(value)) {
                return null;
            }
            Object most = limit.evaluate(scope);
            int max = most instanceof Number n ? n.intValue() : Integer.MAX_VALUE;
            List<@Nullable Object> kept = new ArrayList<>();
            for (Object element : array("$filter", value)) {
                if (kept.size() < max && Values.truthy(condition.evaluate(scope.with(as, element)))) {
                    kept.add(element);
                }
            }
            return kept;
        };
    }

    private static Expression map(@Nullable Object operand) {
        Document d = Expressions.named("$map", operand, "input", "in");
        Expression input = Expressions.parse(d.get("input"));
        Expression in = Expressions.parse(d.get("in"));
        String as = d.getOrDefault("as", "this").toString();
        return scope -> {
            Object value = input.evaluate(scope);
            if (Values.absent(value)) {
                return null;
            }
            List<@Nullable Object> mapped = new ArrayList<>();
            for (Object element : array("$map", value)) {
                Object result = in.evaluate(scope.with(as, element));
                mapped.add(result == Values.MISSING ? null : result);
            }
            return mapped;
        };
    }

    private static Expression reduce(@Nullable Object operand) {
        Document d = Expressions.named("$reduce", operand, "input", "initialValue", "in");
        Expression input = Expressions.parse(d.get("input"));
        Expression initial = Expressions.parse(d.get("initialValue"));
        Expression in = Expressions.parse(d.get("in"));
        return scope -> {
            Object value = input.evaluate(scope);
            if (Values.absent(value)) {
                return null;
            }
            Object result = initial.evaluate(scope);
            for (Object element : array("$reduce", value)) {
                result = in.evaluate(scope.with("value", result).with("this", element));
            }
            return result;
        };
    }

    private static Expression sortArray(@Nullable Object operand) {
        Document d = Expressions.named("$sortArray", operand, "input", "sortBy");
        Expression input = Expressions.parse(d.get("input"));
        Object by = d.get("sortBy");
        return scope -> {
            Object value = input.evaluate(scope);
            if (Values.absent(value)) {
                return null;
            }
            List<@Nullable Object> sorted = new ArrayList<>(array("$sortArray", value));
            sorted.sort(SortOrder.elements(by, scope.collation()));
            return sorted;
        };
    }

    private static Expression zip(@Nullable Object operand) {
        Document d = Expressions.named("$zip", operand, "inputs");
        List<Expression> inputs = Expressions.parseAll(Values.list(d.get("inputs"), "$zip"));
        boolean longest = Values.truthy(d.get("useLongestLength"));
        return scope -> {
            List<List<?>> lists = new ArrayList<>();
            for (Expression input : inputs) {
                Object value = input.evaluate(scope);
                if (Values.absent(value)) {
                    return null;
                }
                lists.add(array("$zip", value));
            }
            var sizes = lists.stream().mapToInt(List::size);
            int length = (longest ? sizes.max() : sizes.min()).orElse(0);
            List<Object> rows = new ArrayList<>();
            for (int i = 0; i < length; i++) {
                List<@Nullable Object> row = new ArrayList<>();
                for (List<?> list : lists) {
                    row.add(i < list.size() ? list.get(i) : null);
                }
                rows.add(row);
            }
            return rows;
        };
    }

    private static @Nullable Object accumulate(String name, List<@Nullable Object> v, Scope scope) {
        List<?> values = v.size() == 1 && v.get(0) instanceof List<?> l ? l : v;
        Accumulators.State state = Accumulators.state(name, scope.collation());
        values.forEach(state::add);
        return state.result();
    }

    /** The distinct values in their first order. */
    static List<@Nullable Object> distinct(Iterable<?> values) {
        Map<Object, @Nullable Object> distinct = new LinkedHashMap<>();
        for (Object value : values) {
            distinct.putIfAbsent(Values.key(value), value);
        }
        return new ArrayList<>(distinct.values());
    }

    static Set<Object> keys(Iterable<?> values) {
        Set<Object> keys = new HashSet<>();
        values.forEach(value -> keys.add(Values.key(value)));
        return keys;
    }

    static Comparator<@Nullable Object> natural(Collation collation) {
        return (a, b) -> Values.compare(a, b, collation);
    }
}
