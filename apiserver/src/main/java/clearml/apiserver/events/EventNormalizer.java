package clearml.apiserver.events;

import clearml.apiserver.call.PythonText;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes an event that was sent the document that is stored.
 *
 * @param now the server's time of the whole batch
 * @param worker who sends, where the event doesn't say
 * @param tasks ids that take events
 * @param models ids that take events
 */
record EventNormalizer(Instant now, String worker, Set<String> tasks, Set<String> models) {

    private static final DateTimeFormatter WRITTEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    static final String ITERATION_TOO_LARGE = "Iteration number should not exceed " + Long.MAX_VALUE;

    EventType normalize(Event event) throws EventRejected {
        EventType type = type(event);
        checkEntity(event, type);
        Map<String, @Nullable Object> fields = event.fields();
        fields.put("task", event.entity());
        fields.put("type", type.wireName());
        fields.put("@timestamp", WRITTEN.format(now));
        rename(fields, "ts", "timestamp");
        fields.putIfAbsent("timestamp", now.toEpochMilli());
        fields.putIfAbsent("worker", worker);
        if (fields.get("iter") != null) {
            fields.put("iter", iteration(fields.get("iter")));
        }
        rename(fields, "values", "value");
        emptyIfMissing(fields, "metric");
        emptyIfMissing(fields, "variant");
        if (type == EventType.TRAINING_STATS_SCALAR) {
            checkValue(fields.get("value"));
        }
        return type;
    }

    private static EventType type(Event event) throws EventRejected {
        Object given = event.get("type");
        if (given == null) {
            throw new EventRejected("Event must have a 'type' field");
        }
        String name = PythonText.str(given).replace(' ', '_');
        EventType type = EventType.of(name);
        if (type == null) {
            throw new EventRejected("Invalid event type " + name);
        }
        return type;
    }

    private void checkEntity(Event event, EventType type) throws EventRejected {
        if (event.ofModel() && type == EventType.LOG) {
            throw new EventRejected("Task log events are not supported for models");
        }
        if (event.get("task") == null) {
            throw new EventRejected("Event must have a 'task' field");
        }
        String id = event.entity();
        if (!(event.ofModel() ? models : tasks).contains(id)) {
            throw new EventRejected("Invalid " + (event.ofModel() ? "model" : "task") + " id " + id);
        }
    }

    private static void rename(Map<String, @Nullable Object> fields, String old, String name) {
        if (fields.containsKey(old)) {
            fields.put(name, fields.remove(old));
        }
    }

    private static void emptyIfMissing(Map<String, @Nullable Object> fields, String name) {
        Object value = fields.get(name);
        if (value == null || value.equals("")) {
            fields.put(name, "");
        }
    }

    /** Truncates floats, reads numeric texts, takes booleans for 0 and 1. */
    private static long iteration(@Nullable Object value) throws EventRejected {
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        return inRange(whole(value));
    }

    private static BigInteger whole(@Nullable Object value) throws EventRejected {
        try {
            if (value instanceof BigInteger big) {
                return big;
            }
            if (value instanceof Double number) {
                return new java.math.BigDecimal(number).toBigInteger();
            }
            if (value instanceof String text) {
                return new BigInteger(text.strip());
            }
        } catch (NumberFormatException e) {
            throw notAnIteration();
        }
        throw notAnIteration();
    }

    private static EventRejected notAnIteration() {
        return new EventRejected("Iteration number should be an integer");
    }

    private static long inRange(BigInteger value) throws EventRejected {
        try {
            return value.longValueExact();
        } catch (ArithmeticException e) {
            throw new EventRejected(ITERATION_TOO_LARGE);
        }
    }

    /** What the index can't hold, or the statistics can't add, would be refused later for more than this event. */
    private static void checkValue(@Nullable Object value) throws EventRejected {
        if (value != null && !(value instanceof Number number && Float.isFinite(number.floatValue()))) {
            throw new EventRejected("Scalar value should be a finite number");
        }
    }
}
