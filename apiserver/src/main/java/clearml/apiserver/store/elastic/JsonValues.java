package clearml.apiserver.store.elastic;

import clearml.apiserver.call.PythonText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Plain values to JSON, numbers as they were read. */
final class JsonValues {

    /** Java writes an exponent from here on, Python, as the reference does, later. */
    private static final double EXPONENT_FROM = 1e7;

    private static final double PLAIN_BELOW = 1e16;

    private JsonValues() {}

    static void write(JsonGenerator out, @Nullable Object value) {
        if (value instanceof String text) {
            out.writeString(wellFormed(text));
        } else if (value instanceof Number number) {
            writeNumber(out, number);
        } else if (value == null) {
            out.writeNull();
        } else if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            map.forEach((name, member) -> {
                out.writeName(wellFormed(String.valueOf(name)));
                write(out, member);
            });
            out.writeEndObject();
        } else if (value instanceof List<?> list) {
            out.writeStartArray();
            list.forEach(item -> write(out, item));
            out.writeEndArray();
        } else {
            out.writeString(value.toString());
        }
    }

    private static void writeNumber(JsonGenerator out, Number number) {
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

    /** With an exponent a time in milliseconds would be no date for Elasticsearch. */
    private static void writeDouble(JsonGenerator out, double value) {
        double size = Math.abs(value);
        if (size >= EXPONENT_FROM && size < PLAIN_BELOW) {
            out.writeNumber(PythonText.str(value));
        } else {
            out.writeNumber(value);
        }
    }

    /** JSON can escape half of a surrogate pair, UTF-8 has no form for it. */
    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return withoutHalves(text);
            }
        }
        return text;
    }

    private static String withoutHalves(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point)
                .forEach(out::appendCodePoint);
        return out.toString();
    }
}
