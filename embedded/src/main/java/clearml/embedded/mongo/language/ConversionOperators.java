package clearml.embedded.mongo.language;

import static clearml.embedded.mongo.language.Expressions.function;

import clearml.embedded.mongo.language.Expressions.Operator;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operators that tell and change types. */
final class ConversionOperators {

    private static final Map<String, String> SHORT = Map.of(
            "$toInt", "int",
            "$toLong", "long",
            "$toDouble", "double",
            "$toDecimal", "decimal",
            "$toString", "string",
            "$toBool", "bool",
            "$toObjectId", "objectId");

    private ConversionOperators() {}

    static void register(Map<String, Operator> operators) {
        operators.put("$type", function("$type", 1, 1, (v, scope) -> BsonTypes.name(v.get(0))));
        operators.put("$isNumber", function("$isNumber", 1, 1, (v, scope) -> v.get(0) instanceof Number));
        operators.put("$convert", ConversionOperators::convert);
        SHORT.forEach((name, type) -> operators.put(name, function(name, 1, 1, (v, scope) -> convert(v.get(0), type))));
    }

    private static Expression convert(@Nullable Object operand) {
        Document d = Expressions.named("$convert", operand, "input", "to");
        Expression input = Expressions.parse(d.get("input"));
        Expression to = Expressions.parse(d.get("to"));
        Expression onNull = Expressions.argument(d, "onNull", null);
        Expression onError = d.containsKey("onError") ? Expressions.parse(d.get("onError")) : null;
        return scope -> {
            Object value = input.evaluate(scope);
            if (Values.absent(value)) {
                return onNull.evaluate(scope);
            }
            try {
                return convert(value, type(to.evaluate(scope)));
            } catch (MongoServerError e) {
                if (onError == null) {
                    throw e;
                }
                return onError.evaluate(scope);
            }
        };
    }

    private static String type(@Nullable Object to) {
        if (to instanceof Number n) {
            return switch (n.intValue()) {
                case 1 -> "double";
                case 2 -> "string";
                case 7 -> "objectId";
                case 8 -> "bool";
                case 9 -> "date";
                case 16 -> "int";
                case 18 -> "long";
                case 19 -> "decimal";
                default -> throw failure("no conversion to type " + n);
            };
        }
        return String.valueOf(to);
    }

    static @Nullable Object convert(@Nullable Object value, String type) {
        if (value == null || value == Values.MISSING) {
            return null;
        }
        try {
            return switch (type) {
                case "int" -> Math.toIntExact(whole(value));
                case "long" -> whole(value);
                case "double" -> real(value);
                case "decimal" -> new Decimal128(new BigDecimal(String.valueOf(real(value))));
                case "string" -> string(value);
                case "bool" -> value instanceof Number || value instanceof Boolean ? Values.truthy(value) : true;
                case "date" -> date(value);
                case "objectId" -> value instanceof ObjectId o ? o : new ObjectId((String) value);
                default -> throw failure("Unknown type name: " + type);
            };
        } catch (NumberFormatException | DateTimeException | ArithmeticException | ClassCastException e) {
            throw failure("Failed to convert '" + value + "' to " + type + " in $convert with no onError value");
        }
    }

    private static MongoServerError failure(String message) {
        return new MongoServerError(241, "ConversionFailure", message);
    }

    private static long whole(Object value) {
        if (value instanceof String s) {
            return Long.parseLong(s);
        } else if (value instanceof Boolean b) {
            return b ? 1 : 0;
        } else if (value instanceof Instant i) {
            return i.toEpochMilli();
        }
        return Values.decimal((Number) value).toBigInteger().longValueExact();
    }

    private static double real(Object value) {
        if (value instanceof String s) {
            return Double.parseDouble(s);
        } else if (value instanceof Boolean b) {
            return b ? 1 : 0;
        } else if (value instanceof Instant i) {
            return i.toEpochMilli();
        }
        return ((Number) value).doubleValue();
    }

    private static String string(Object value) {
        if (value instanceof Double d && d == Math.rint(d) && Math.abs(d) < 1e15) {
            return String.valueOf(d.longValue());
        } else if (value instanceof Instant i) {
            return i.atOffset(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'"));
        } else if (value instanceof ObjectId o) {
            return o.getHexData();
        } else if (value instanceof Document || value instanceof List) {
            throw failure("Unsupported conversion from " + BsonTypes.name(value) + " to string");
        }
        return value.toString();
    }

    private static Instant date(Object value) {
        if (value instanceof Instant i) {
            return i;
        } else if (value instanceof Number n && !(n instanceof Integer)) {
            return Instant.ofEpochMilli(n.longValue());
        } else if (value instanceof ObjectId o) {
            return Instant.ofEpochSecond(Long.parseLong(o.getHexData().substring(0, 8), 16));
        }
        String text = ((String) value).trim().replace(' ', 'T');
        if (text.length() == 10) {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        boolean zoned = text.endsWith("Z") || text.lastIndexOf('+') > 10 || text.lastIndexOf('-') > 10;
        return zoned
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }
}
