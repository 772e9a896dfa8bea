package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** One update operator on one path. */
final class FieldUpdate {

    private static final Set<String> OPERATORS = Set.of(
            "$set",
            "$unset",
            "$inc",
            "$mul",
            "$min",
            "$max",
            "$rename",
            "$setOnInsert",
            "$currentDate",
            "$bit",
            "$push",
            "$addToSet",
            "$pull",
            "$pullAll",
            "$pop");

    private final String operator;
    private final String path;
    private final @Nullable Object operand;
    private final Collation collation;
    private final ArrayUpdate arrays;

    FieldUpdate(String operator, String path, @Nullable Object operand, Collation collation) {
        if (!OPERATORS.contains(operator)) {
            throw Errors.failedToParse("Unknown modifier: " + operator
                    + ". Expected a valid update modifier or pipeline-style update specified as an array");
        }
        this.operator = operator;
        this.path = path;
        this.operand = operand;
        this.collation = collation;
        this.arrays = new ArrayUpdate(operator, path, operand, collation);
    }

    String path() {
        return path;
    }

    /** Adds the top-level fields that it may read or change. */
    void addFields(Set<String> fields) {
        fields.add(FieldPath.topOf(path));
        if (operator.equals("$rename") && operand instanceof String to) {
            fields.add(FieldPath.topOf(to));
        }
    }

    void apply(UpdateTarget target) {
        if (operator.equals("$setOnInsert") && !target.insert()) {
            return;
        }
        for (String[] concrete : target.resolve(path)) {
            apply(target, concrete);
        }
    }

    private void apply(UpdateTarget target, String[] at) {
        switch (operator) {
            case "$set", "$setOnInsert" -> target.set(at, Values.copy(operand));
            case "$unset" -> target.remove(at);
            case "$inc" -> arithmetic(target, at, Numbers::add, 0);
            case "$mul" -> arithmetic(target, at, Numbers::multiply, 0);
            case "$min" -> extreme(target, at, -1);
            case "$max" -> extreme(target, at, 1);
            case "$rename" -> rename(target, at);
            case "$currentDate" -> target.set(at, now());
            case "$bit" -> bits(target, at);
            default -> arrays.apply(target, at);
        }
    }

    private void arithmetic(UpdateTarget target, String[] at, BinaryOperator<Number> operation, Number missing) {
        if (!(operand instanceof Number by)) {
            throw Errors.typeMismatch("Cannot " + (operator.equals("$inc") ? "increment" : "multiply")
                    + " with non-numeric argument: {" + path + ": " + Literals.of(operand) + "}");
        }
        Object old = target.get(at);
        if (old == Values.MISSING) {
            target.set(at, operator.equals("$inc") ? by : operation.apply(missing, by));
        } else if (old instanceof Number n) {
            target.set(at, operation.apply(n, by));
        } else {
            throw Errors.typeMismatch("Cannot apply " + operator + " to a value of non-numeric type. {_id: "
                    + Literals.of(target.document().get("_id")) + "} has the field '" + at[at.length - 1]
                    + "' of non-numeric type " + BsonTypes.name(old));
        }
    }

    private void extreme(UpdateTarget target, String[] at, int sign) {
        Object old = target.get(at);
        if (old == Values.MISSING || Values.compare(operand, old, collation) * sign > 0) {
            target.set(at, Values.copy(operand));
        }
    }

    private void rename(UpdateTarget target, String[] at) {
        if (!(operand instanceof String to)) {
            throw Errors.badValue("The 'to' field for $rename must be a string: " + path + ": " + Literals.of(operand));
        }
        Object value = target.get(at);
        if (value != Values.MISSING) {
            target.remove(at);
            target.set(to.split("\\."), value);
        }
    }

    private Object now() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        boolean timestamp = operand instanceof Document d && "timestamp".equals(d.get("$type"));
        return timestamp ? new BsonTimestamp(now, 1) : now;
    }

    private void bits(UpdateTarget target, String[] at) {
        Object old = target.get(at);
        if (old != Values.MISSING && !(old instanceof Integer) && !(old instanceof Long)) {
            throw Errors.badValue("Cannot apply $bit to a value of non-integral type.");
        }
        long value = old instanceof Number n ? n.longValue() : 0;
        boolean isLong = old instanceof Long;
        for (var entry : Values.document(operand, "$bit").entrySet()) {
            if (!(entry.getValue() instanceof Number mask)) {
                throw Errors.badValue("The $bit modifier field must be an Integer(32/64 bit)");
            }
            isLong |= mask instanceof Long;
            value = switch (entry.getKey()) {
                case "and" -> value & mask.longValue();
                case "or" -> value | mask.longValue();
                case "xor" -> value ^ mask.longValue();
                default -> throw Errors.badValue("The $bit modifier only supports 'and', 'or', and 'xor'");
            };
        }
        target.set(at, Numbers.fit(value, isLong));
    }

    static MongoServerError notAnArray(String message) {
        return Errors.badValue(message);
    }

    static List<?> each(@Nullable Object operand, String operator) {
        if (operand instanceof Document d && d.containsKey("$each")) {
            if (!(d.get("$each") instanceof List<?> values)) {
                throw Errors.typeMismatch("The argument to $each in " + operator
                        + " must be an array but it was of type " + BsonTypes.name(d.get("$each")));
            }
            return values;
        }
        return Collections.singletonList(operand);
    }
}
