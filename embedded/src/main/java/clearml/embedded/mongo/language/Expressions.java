package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles aggregation expressions. */
final class Expressions {

    /** Compiles one operator from its operand. */
    interface Operator {
        Expression compile(@Nullable Object operand);
    }

    /** An operator on the values of its operands. */
    interface Function {
        @Nullable
        Object apply(List<@Nullable Object> values, Scope scope);
    }

    /** An operator on two values. */
    interface Comparison {
        @Nullable
        Object apply(@Nullable Object a, @Nullable Object b, Scope scope);
    }

    private static final Map<String, Operator> OPERATORS = new HashMap<>();

    static {
        LogicOperators.register(OPERATORS);
        ArithmeticOperators.register(OPERATORS);
        ArrayOperators.register(OPERATORS);
        ObjectOperators.register(OPERATORS);
        StringOperators.register(OPERATORS);
        DateOperators.register(OPERATORS);
        ConversionOperators.register(OPERATORS);
    }

    private Expressions() {}

    static Expression parse(@Nullable Object value) {
        if (value instanceof String s) {
            return s.startsWith("$") ? reference(s) : scope -> s;
        } else if (value instanceof Document d) {
            return document(d);
        } else if (value instanceof List<?> l) {
            return array(l);
        }
        return scope -> value;
    }

    private static Expression reference(String text) {
        if (text.length() == 1) {
            throw Errors.location(16872, "'$' by itself is not a valid FieldPath");
        }
        if (!text.startsWith("$$")) {
            FieldPath path = path(text.substring(1));
            return scope -> path.evaluate(scope.root());
        }
        int dot = text.indexOf('.');
        String name = dot < 0 ? text.substring(2) : text.substring(2, dot);
        if (dot < 0) {
            return scope -> scope.variable(name);
        }
        FieldPath path = path(text.substring(dot + 1));
        return scope -> {
            Object value = scope.variable(name);
            return value instanceof List<?> l ? overList(l, path) : path.evaluate(value);
        };
    }

    static FieldPath path(String text) {
        if (text.endsWith(".")) {
            throw Errors.location(40353, "FieldPath must not end with a '.'.");
        }
        if (text.startsWith(".") || text.contains("..")) {
            throw Errors.location(15998, "FieldPath field names may not be empty strings.");
        }
        return FieldPath.of(text);
    }

    private static List<@Nullable Object> overList(List<?> list, FieldPath path) {
        List<@Nullable Object> found = new ArrayList<>();
        for (Object element : list) {
            Object value = path.evaluate(element);
            if (value != Values.MISSING) {
                found.add(value);
            }
        }
        return found;
    }

    private static Expression array(List<?> elements) {
        List<Expression> parsed = parseAll(elements);
        return scope -> {
            List<@Nullable Object> values = new ArrayList<>(parsed.size());
            for (Expression e : parsed) {
                Object value = e.evaluate(scope);
                values.add(value == Values.MISSING ? null : value);
            }
            return values;
        };
    }

    private static Expression document(Document d) {
        if (isOperator(d)) {
            return operator(d);
        }
        Map<String, Expression> fields = members(d);
        return scope -> {
            Document result = new Document();
            fields.forEach((name, expression) -> {
                Object value = expression.evaluate(scope);
                if (value != Values.MISSING) {
                    result.put(name, value);
                }
            });
            return result;
        };
    }

    static boolean isOperator(Document d) {
        return !d.isEmpty() && d.keySet().iterator().next().startsWith("$");
    }

    /** The members of an object that is no operator. */
    static Map<String, Expression> members(Document d) {
        Map<String, Expression> members = new LinkedHashMap<>();
        d.forEach((name, value) -> {
            if (name.startsWith("$")) {
                throw Errors.location(15983, "An object representing an expression must have exactly one field: " + d);
            }
            members.put(name, parse(value));
        });
        return members;
    }

    private static Expression operator(Document d) {
        if (d.size() != 1) {
            throw Errors.location(15983, "An object representing an expression must have exactly one field: " + d);
        }
        Map.Entry<String, Object> entry = d.entrySet().iterator().next();
        Operator operator = OPERATORS.get(entry.getKey());
        if (operator == null) {
            throw new MongoServerError(
                    168, "InvalidPipelineOperator", "Unrecognized expression '" + entry.getKey() + "'");
        }
        return operator.compile(entry.getValue());
    }

    static List<Expression> parseAll(List<?> operands) {
        List<Expression> parsed = new ArrayList<>(operands.size());
        for (Object operand : operands) {
            parsed.add(parse(operand));
        }
        return parsed;
    }

    /** An operator that takes between {@code min} and {@code max} operands, one of them also without an array. */
    static Operator function(String name, int min, int max, Function function) {
        return operand -> {
            List<Expression> parsed = operands(name, min, max, operand);
            return scope -> {
                List<@Nullable Object> values = new ArrayList<>(parsed.size());
                for (Expression e : parsed) {
                    values.add(e.evaluate(scope));
                }
                return function.apply(values, scope);
            };
        };
    }

    /** An operator on two values, which needs no list of them: comparisons are made for thousands of documents. */
    static Operator comparison(String name, Comparison comparison) {
        return operand -> {
            List<Expression> parsed = operands(name, 2, 2, operand);
            Expression a = parsed.get(0);
            Expression b = parsed.get(1);
            return scope -> comparison.apply(a.evaluate(scope), b.evaluate(scope), scope);
        };
    }

    private static List<Expression> operands(String name, int min, int max, @Nullable Object operand) {
        List<?> operands = operand instanceof List<?> l ? l : Collections.singletonList(operand);
        if (operands.size() < min || operands.size() > max) {
            String expected = min == max ? "exactly " + min : "at least " + min + " arguments, and at most " + max;
            throw Errors.location(
                    min == max ? 16020 : 28667,
                    "Expression " + name + " takes " + expected + " arguments. " + operands.size()
                            + " were passed in.");
        }
        return parseAll(operands);
    }

    /** An operand that must be an object with named arguments. */
    static Document named(String operator, @Nullable Object operand, String... required) {
        if (!(operand instanceof Document d)) {
            throw Errors.failedToParse(operator + " only supports an object as its argument");
        }
        for (String name : required) {
            if (!d.containsKey(name)) {
                throw Errors.failedToParse("Missing '" + name + "' parameter to " + operator);
            }
        }
        return d;
    }

    /** A named argument, or what stands for it when it is not given. */
    static Expression argument(Document d, String name, @Nullable Object otherwise) {
        return d.containsKey(name) ? parse(d.get(name)) : scope -> otherwise;
    }
}
