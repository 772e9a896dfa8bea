package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.LegacyUUID;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Names and numbers of the BSON types, as {@code $type} takes and gives them. */
final class BsonTypes {

    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("double", 1),
            Map.entry("string", 2),
            Map.entry("object", 3),
            Map.entry("array", 4),
            Map.entry("binData", 5),
            Map.entry("undefined", 6),
            Map.entry("objectId", 7),
            Map.entry("bool", 8),
            Map.entry("date", 9),
            Map.entry("null", 10),
            Map.entry("regex", 11),
            Map.entry("javascript", 13),
            Map.entry("int", 16),
            Map.entry("timestamp", 17),
            Map.entry("long", 18),
            Map.entry("decimal", 19),
            Map.entry("minKey", -1),
            Map.entry("maxKey", 127));

    private BsonTypes() {}

    static String name(@Nullable Object value) {
        if (value == null) {
            return "null";
        } else if (value == Values.MISSING) {
            return "missing";
        } else if (value instanceof String) {
            return "string";
        } else if (value instanceof Integer) {
            return "int";
        } else if (value instanceof Long) {
            return "long";
        } else if (value instanceof Double) {
            return "double";
        } else if (value instanceof Boolean) {
            return "bool";
        } else if (value instanceof Document) {
            return "object";
        } else if (value instanceof List) {
            return "array";
        } else if (value instanceof Instant) {
            return "date";
        }
        return rareName(value);
    }

    private static String rareName(Object value) {
        if (value instanceof ObjectId) {
            return "objectId";
        } else if (value instanceof Decimal128) {
            return "decimal";
        } else if (value instanceof BinData || value instanceof UUID || value instanceof LegacyUUID) {
            return "binData";
        } else if (value instanceof BsonRegularExpression) {
            return "regex";
        } else if (value instanceof BsonTimestamp) {
            return "timestamp";
        } else if (value instanceof MinKey) {
            return "minKey";
        }
        return value instanceof MaxKey ? "maxKey" : "javascript";
    }

    static boolean is(@Nullable Object value, @Nullable Object type) {
        if (value == Values.MISSING) {
            return false;
        }
        String name = name(value);
        if (type instanceof String wanted) {
            if (!wanted.equals("number") && !NUMBERS.containsKey(wanted)) {
                throw Errors.badValue("Unknown type name alias: " + wanted);
            }
            return wanted.equals(name) || wanted.equals("number") && value instanceof Number;
        }
        if (type instanceof Number number) {
            return NUMBERS.getOrDefault(name, 0) == number.intValue();
        }
        throw Errors.typeMismatch("type must be represented as a number or a string");
    }
}
