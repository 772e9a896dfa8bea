package clearml.embedded.mongo.language;

import static clearml.embedded.mongo.language.Expressions.function;

import clearml.embedded.mongo.language.Expressions.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operators that take arrays as sets. */
final class SetOperators {

    private SetOperators() {}

    static void register(Map<String, Operator> operators) {
        operators.put("$setUnion", function("$setUnion", 0, Integer.MAX_VALUE, (v, scope) -> union(v)));
        operators.put(
                "$setIntersection", function("$setIntersection", 0, Integer.MAX_VALUE, (v, scope) -> intersection(v)));
        operators.put("$setDifference", function("$setDifference", 2, 2, (v, scope) -> difference(v)));
        operators.put("$setEquals", function("$setEquals", 2, Integer.MAX_VALUE, (v, scope) -> sameSets(v)));
        operators.put(
                "$setIsSubset",
                function("$setIsSubset", 2, 2, (v, scope) -> keys(v.get(1)).containsAll(keys(v.get(0)))));
        operators.put(
                "$anyElementTrue",
                function(
                        "$anyElementTrue",
                        1,
                        1,
                        (v, scope) -> ArrayOperators.array("$anyElementTrue", v.get(0)).stream()
                                .anyMatch(Values::truthy)));
        operators.put(
                "$allElementsTrue",
                function(
                        "$allElementsTrue",
                        1,
                        1,
                        (v, scope) -> ArrayOperators.array("$allElementsTrue", v.get(0)).stream()
                                .allMatch(Values::truthy)));
    }

    private static Set<Object> keys(@Nullable Object value) {
        return ArrayOperators.keys(ArrayOperators.array("$set operators", value));
    }

    private static @Nullable Object union(List<@Nullable Object> v) {
        List<@Nullable Object> all = new ArrayList<>();
        for (Object value : v) {
            if (Values.absent(value)) {
                return null;
            }
            all.addAll(ArrayOperators.array("$setUnion", value));
        }
        return sorted(ArrayOperators.distinct(all));
    }

    private static List<@Nullable Object> sorted(List<@Nullable Object> values) {
        values.sort(ArrayOperators.natural(Collation.SIMPLE));
        return values;
    }

    private static @Nullable Object intersection(List<@Nullable Object> v) {
        if (v.stream().anyMatch(Values::absent)) {
            return null;
        }
        if (v.isEmpty()) {
            return List.of();
        }
        List<@Nullable Object> common = ArrayOperators.distinct(ArrayOperators.array("$setIntersection", v.get(0)));
        for (Object other : v.subList(1, v.size())) {
            Set<Object> keys = keys(other);
            common.removeIf(value -> !keys.contains(Values.key(value)));
        }
        return sorted(common);
    }

    private static @Nullable Object difference(List<@Nullable Object> v) {
        if (v.stream().anyMatch(Values::absent)) {
            return null;
        }
        Set<Object> without = keys(v.get(1));
        List<@Nullable Object> rest = ArrayOperators.distinct(ArrayOperators.array("$setDifference", v.get(0)));
        rest.removeIf(value -> without.contains(Values.key(value)));
        return rest;
    }

    private static boolean sameSets(List<@Nullable Object> v) {
        Set<Object> first = keys(v.get(0));
        return v.stream().allMatch(value -> keys(value).equals(first));
    }
}
