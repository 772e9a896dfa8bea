package clearml.embedded.mongo.language;

import clearml.embedded.mongo.language.FieldPath.Visitor;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tests on one value that a filter's path reached. */
final class ValueTests {

    private final Collation collation;

    ValueTests(Collation collation) {
        this.collation = collation;
    }

    private record EqualText(String text) implements Visitor {
        @Override
        public boolean visit(@Nullable Object value, int @Nullable [] position) {
            return text.equals(value);
        }
    }

    Visitor equalTo(@Nullable Object operand) {
        if (operand == null) {
            return (value, position) -> Values.absent(value);
        }
        if (operand instanceof String text && collation.simple()) {
            return new EqualText(text);
        }
        return (value, position) -> Values.equal(value, operand, collation);
    }

    Visitor compared(String operator, @Nullable Object operand) {
        boolean orEqual = operator.equals("$gte") || operator.equals("$lte");
        boolean greater = operator.startsWith("$g");
        if (operand == null) {
            return (value, position) -> orEqual && Values.absent(value);
        }
        if (operand instanceof BsonRegularExpression) {
            throw Errors.badValue("Can't have RegEx as arg to predicate over field");
        }
        boolean anyType = operand instanceof MinKey || operand instanceof MaxKey;
        boolean nan = operand instanceof Double d && d.isNaN();
        int type = Values.typeOrder(operand);
        return (value, position) -> {
            if (value == Values.MISSING || !anyType && Values.typeOrder(value) != type) {
                return false;
            }
            if (value instanceof Double d && d.isNaN() != nan || nan && !(value instanceof Double)) {
                return false;
            }
            int order = Values.compare(value, operand, collation);
            return order == 0 ? orEqual : order > 0 == greater;
        };
    }

    Visitor in(String name, @Nullable Object operand) {
        if (!(operand instanceof List<?> operands)) {
            throw Errors.badValue(name + " needs an array");
        }
        List<Visitor> patterns = new ArrayList<>();
        boolean hashed = collation.simple();
        Set<Object> among = hashed ? new HashSet<>() : new TreeSet<>((a, b) -> Values.compare(a, b, collation));
        boolean withNull = false;
        for (Object o : operands) {
            if (o instanceof BsonRegularExpression r) {
                patterns.add(regex(r));
            } else if (o == null) {
                withNull = true;
            } else if (o instanceof Document d && !d.isEmpty() && FilterParser.operator(d)) {
                throw Errors.badValue("cannot nest $ under " + name);
            } else {
                among.add(hashed ? Values.key(o) : o);
            }
        }
        return in(among, hashed, patterns, withNull);
    }

    private static Visitor in(Set<Object> among, boolean hashed, List<Visitor> patterns, boolean withNull) {
        return (value, position) -> {
            if (value == null || value == Values.MISSING) {
                return withNull;
            }
            if (among.contains(hashed ? Values.key(value) : value)) {
                return true;
            }
            for (Visitor pattern : patterns) {
                if (pattern.visit(value, null)) {
                    return true;
                }
            }
            return false;
        };
    }

    Visitor regex(BsonRegularExpression expression) {
        Predicate<String> finder = Regexes.finder(expression);
        return (value, position) -> value instanceof String s
                ? finder.test(s)
                : value instanceof BsonRegularExpression r && r.toString().equals(expression.toString());
    }

    Visitor type(@Nullable Object operand) {
        List<?> types = operand instanceof List<?> l ? l : List.of(operand == null ? "" : operand);
        types.forEach(type -> BsonTypes.is(null, type));
        return (value, position) -> {
            for (Object type : types) {
                if (BsonTypes.is(value, type)) {
                    return true;
                }
            }
            return false;
        };
    }

    Visitor size(@Nullable Object operand) {
        if (!(operand instanceof Number n) || n.doubleValue() != n.intValue()) {
            throw Errors.failedToParse("Failed to parse $size. Expected an integer: $size: " + operand);
        }
        if (n.intValue() < 0) {
            throw Errors.failedToParse("Failed to parse $size. Expected a non-negative number in: $size: " + operand);
        }
        int size = n.intValue();
        return (value, position) -> value instanceof List<?> l && l.size() == size;
    }

    Visitor mod(@Nullable Object operand) {
        List<@Nullable Object> parts = Values.list(operand, "malformed mod, $mod");
        if (parts.size() != 2 || !(parts.get(0) instanceof Number divisor) || !(parts.get(1) instanceof Number rest)) {
            throw Errors.badValue("malformed mod, needs to be an array of two numbers");
        }
        if (divisor.longValue() == 0) {
            throw Errors.badValue("divisor cannot be 0");
        }
        return (value, position) ->
                value instanceof Number n && n.longValue() % divisor.longValue() == rest.longValue();
    }

    Visitor bits(String name, @Nullable Object operand) {
        if (!(operand instanceof Number mask)) {
            throw Errors.badValue(name + " takes a number here");
        }
        long bits = mask.longValue();
        return (value, position) -> {
            if (!(value instanceof Number n)) {
                return false;
            }
            long set = n.longValue() & bits;
            return switch (name) {
                case "$bitsAllSet" -> set == bits;
                case "$bitsAnySet" -> set != 0;
                case "$bitsAllClear" -> set == 0;
                default -> set != bits;
            };
        };
    }
}
