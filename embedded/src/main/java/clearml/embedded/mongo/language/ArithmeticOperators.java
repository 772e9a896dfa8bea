package clearml.embedded.mongo.language;

import static clearml.embedded.mongo.language.Expressions.function;

import clearml.embedded.mongo.language.Expressions.Operator;
import de.bwaldvogel.mongo.backend.NumericUtils;
import de.bwaldvogel.mongo.bson.Decimal128;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Operators on numbers. */
final class ArithmeticOperators {

    private ArithmeticOperators() {}

    static void register(Map<String, Operator> operators) {
        operators.put("$add", function("$add", 0, Integer.MAX_VALUE, (v, scope) -> add(v)));
        operators.put("$subtract", function("$subtract", 2, 2, (v, scope) -> subtract(v)));
        operators.put(
                "$multiply",
                function("$multiply", 0, Integer.MAX_VALUE, (v, scope) -> fold("$multiply", v, 1, Numbers::multiply)));
        operators.put("$divide", function("$divide", 2, 2, (v, scope) -> divide(v)));
        operators.put("$mod", function("$mod", 2, 2, (v, scope) -> mod(v)));
        operators.put("$pow", function("$pow", 2, 2, (v, scope) -> pow(v)));
        operators.put("$log", function("$log", 2, 2, (v, scope) -> log(v)));
        operators.put("$abs", function("$abs", 1, 1, (v, scope) -> abs(v.get(0))));
        operators.put("$round", function("$round", 1, 2, (v, scope) -> round("$round", v, RoundingMode.HALF_EVEN)));
        operators.put("$trunc", function("$trunc", 1, 2, (v, scope) -> round("$trunc", v, RoundingMode.DOWN)));
        operators.put("$ceil", function("$ceil", 1, 1, (v, scope) -> round("$ceil", v, RoundingMode.CEILING)));
        operators.put("$floor", function("$floor", 1, 1, (v, scope) -> round("$floor", v, RoundingMode.FLOOR)));
        real(operators, "$sqrt", Math::sqrt);
        real(operators, "$exp", Math::exp);
        real(operators, "$ln", Math::log);
        real(operators, "$log10", Math::log10);
        operators.put("$rand", operand -> scope -> ThreadLocalRandom.current().nextDouble());
    }

    private static void real(Map<String, Operator> operators, String name, DoubleUnaryOperator f) {
        operators.put(
                name,
                function(
                        name,
                        1,
                        1,
                        (v, scope) -> Values.absent(v.get(0))
                                ? null
                                : (Object)
                                        f.applyAsDouble(number(name, v.get(0)).doubleValue())));
    }

    static Number number(String operator, @Nullable Object value) {
        if (value instanceof Number n) {
            return n;
        }
        throw Errors.location(28765, operator + " only supports numeric types, not " + BsonTypes.name(value));
    }

    private static @Nullable Object add(List<@Nullable Object> values) {
        Number sum = 0;
        boolean date = false;
        for (Object value : values) {
            if (Values.absent(value)) {
                return null;
            } else if (value instanceof Instant i) {
                date = true;
                sum = Numbers.add(sum, i.toEpochMilli());
            } else if (value instanceof Number n) {
                sum = Numbers.add(sum, n);
            } else {
                throw Errors.typeMismatch("$add only supports numeric or date types, not " + BsonTypes.name(value));
            }
        }
        return date ? (Object) Instant.ofEpochMilli(sum.longValue()) : sum;
    }

    private static @Nullable Object subtract(List<@Nullable Object> values) {
        Object a = values.get(0);
        Object b = values.get(1);
        if (Values.absent(a) || Values.absent(b)) {
            return null;
        }
        if (a instanceof Instant x) {
            return b instanceof Instant y
                    ? (Object) (x.toEpochMilli() - y.toEpochMilli())
                    : x.minusMillis(number("$subtract", b).longValue());
        }
        if (a instanceof Number x && b instanceof Number y) {
            return Numbers.subtract(x, y);
        }
        throw Errors.typeMismatch("can't $subtract " + BsonTypes.name(b) + " from " + BsonTypes.name(a));
    }

    private static @Nullable Object fold(
            String name, List<@Nullable Object> values, Number start, BinaryOperator<Number> operation) {
        Number result = start;
        for (Object value : values) {
            if (Values.absent(value)) {
                return null;
            }
            if (!(value instanceof Number n)) {
                throw Errors.typeMismatch(name + " only supports numeric types, not " + BsonTypes.name(value));
            }
            result = operation.apply(result, n);
        }
        return result;
    }

    private static @Nullable Object divide(List<@Nullable Object> values) {
        if (Values.absent(values.get(0)) || Values.absent(values.get(1))) {
            return null;
        }
        if (!(values.get(0) instanceof Number a) || !(values.get(1) instanceof Number b)) {
            throw Errors.typeMismatch("$divide only supports numeric types, not " + BsonTypes.name(values.get(0))
                    + " and " + BsonTypes.name(values.get(1)));
        }
        if (b.doubleValue() == 0) {
            throw Errors.badValue("can't $divide by zero");
        }
        if (a instanceof Decimal128 || b instanceof Decimal128) {
            return new Decimal128(Values.decimal(a).divide(Values.decimal(b), java.math.MathContext.DECIMAL128));
        }
        return a.doubleValue() / b.doubleValue();
    }

    private static @Nullable Object mod(List<@Nullable Object> values) {
        if (Values.absent(values.get(0)) || Values.absent(values.get(1))) {
            return null;
        }
        Number a = number("$mod", values.get(0));
        Number b = number("$mod", values.get(1));
        if (b.doubleValue() == 0) {
            throw Errors.location(16610, "can't $mod by zero");
        }
        if (a instanceof Double || b instanceof Double) {
            return a.doubleValue() % b.doubleValue();
        }
        return Numbers.fit(a.longValue() % b.longValue(), a instanceof Long || b instanceof Long);
    }

    private static @Nullable Object pow(List<@Nullable Object> values) {
        if (Values.absent(values.get(0)) || Values.absent(values.get(1))) {
            return null;
        }
        Number a = number("$pow", values.get(0));
        Number b = number("$pow", values.get(1));
        double result = Math.pow(a.doubleValue(), b.doubleValue());
        boolean whole = !(a instanceof Double) && !(b instanceof Double) && Math.abs(result) < 1L << 53;
        return whole && result == Math.rint(result)
                ? (Object) Numbers.fit((long) result, a instanceof Long || b instanceof Long)
                : (Object) result;
    }

    private static @Nullable Object log(List<@Nullable Object> values) {
        if (Values.absent(values.get(0)) || Values.absent(values.get(1))) {
            return null;
        }
        return Math.log(number("$log", values.get(0)).doubleValue())
                / Math.log(number("$log", values.get(1)).doubleValue());
    }

    private static @Nullable Object abs(@Nullable Object value) {
        if (Values.absent(value)) {
            return null;
        }
        Number n = number("$abs", value);
        return n.doubleValue() < 0 ? NumericUtils.subtractNumbers(0, n) : n;
    }

    private static @Nullable Object round(String name, List<@Nullable Object> values, RoundingMode mode) {
        Object value = values.get(0);
        Object place = values.size() > 1 ? values.get(1) : 0;
        if (Values.absent(value) || Values.absent(place)) {
            return null;
        }
        Number n = number(name, value);
        int scale = number(name, place).intValue();
        if (n instanceof Double d) {
            return Double.isFinite(d)
                    ? (Object) new BigDecimal(d).setScale(scale, mode).doubleValue()
                    : d;
        }
        if (n instanceof Decimal128 d) {
            return new Decimal128(d.toBigDecimal().setScale(scale, mode));
        }
        long rounded = scale >= 0
                ? n.longValue()
                : BigDecimal.valueOf(n.longValue()).setScale(scale, mode).longValue();
        return Numbers.fit(rounded, n instanceof Long);
    }
}
