package clearml.apiserver.call;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import org.bson.RawBsonDocument;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Plain values to JSON in the reference's byte shapes: floats keep their point, dates of documents carry
 * {@code +00:00}, dates of typed answers ({@link LocalDateTime}) have no zone, records omit null members.
 */
final class JsonWriter {

    private static final int MILLIS_DIGITS = 1000;

    private final JsonGenerator out;

    JsonWriter(JsonGenerator out) {
        this.out = out;
    }

    void write(@Nullable Object value) {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof CharSequence text) {
            out.writeString(text.toString());
        } else if (value instanceof Number number) {
            writeNumber(number);
        } else if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (value instanceof RawBsonDocument raw) {
            new BsonJson(out).write(raw);
        } else if (value instanceof Map<?, ?> map) {
            writeMap(map);
        } else if (value instanceof Iterable<?> items) {
            writeList(items);
        } else {
            writeOther(value);
        }
    }

    private void writeOther(Object value) {
        if (value instanceof Date date) {
            out.writeString(zoned(date.getTime()));
        } else if (value instanceof Instant instant) {
            out.writeString(zoned(instant.toEpochMilli()));
        } else if (value instanceof LocalDateTime local) {
            out.writeString(text(local.toInstant(ZoneOffset.UTC).toEpochMilli()));
        } else if (value instanceof Record record) {
            writeRecord(record);
        } else if (value instanceof Enum<?> constant) {
            out.writeString(constant.name().toLowerCase(Locale.ROOT));
        } else if (value instanceof Binary binary) {
            out.writeBinary(binary.getData());
        } else {
            out.writeString(value.toString());
        }
    }

    private void writeMap(Map<?, ?> map) {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.writeName(String.valueOf(entry.getKey()));
            write(entry.getValue());
        }
        out.writeEndObject();
    }

    private void writeList(Iterable<?> items) {
        out.writeStartArray();
        for (Object item : items) {
            write(item);
        }
        out.writeEndArray();
    }

    private void writeRecord(Record record) {
        out.writeStartObject();
        for (RecordShape.Member member : RecordShape.of(record.getClass()).members()) {
            Object value = member.valueIn(record);
            if (value != null) {
                out.writeName(member.wireName());
                write(value);
            }
        }
        out.writeEndObject();
    }

    private void writeNumber(Number number) {
        if (number instanceof Integer) {
            out.writeNumber(number.intValue());
        } else if (number instanceof Long) {
            out.writeNumber(number.longValue());
        } else if (number instanceof BigInteger big) {
            out.writeNumber(big);
        } else if (number instanceof BigDecimal big) {
            out.writeNumber(big);
        } else {
            writeDouble(out, number.doubleValue());
        }
    }

    static void writeDouble(JsonGenerator out, double value) {
        if (Double.isNaN(value)) {
            out.writeRawValue("NaN");
        } else if (Double.isInfinite(value)) {
            out.writeRawValue(value > 0 ? "Infinity" : "-Infinity");
        } else {
            out.writeRawValue(PythonFloat.text(value));
        }
    }

    /** {@code 2026-11-21T05:34:13.687000+00:00}. */
    static String zoned(long epochMillis) {
        return text(epochMillis) + "+00:00";
    }

    /** Six digits of fraction, or none when it is zero. */
    private static String text(long epochMillis) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(
                Math.floorDiv(epochMillis, MILLIS_DIGITS),
                (int) Math.floorMod(epochMillis, (long) MILLIS_DIGITS) * 1_000_000,
                ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(32);
        pad(text, time.getYear(), 4).append('-');
        pad(text, time.getMonthValue(), 2).append('-');
        pad(text, time.getDayOfMonth(), 2).append('T');
        pad(text, time.getHour(), 2).append(':');
        pad(text, time.getMinute(), 2).append(':');
        pad(text, time.getSecond(), 2);
        int millis = time.getNano() / 1_000_000;
        if (millis != 0) {
            pad(text.append('.'), millis, 3).append("000");
        }
        return text.toString();
    }

    private static StringBuilder pad(StringBuilder text, int value, int width) {
        String digits = Integer.toString(value);
        return text.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
    }
}
