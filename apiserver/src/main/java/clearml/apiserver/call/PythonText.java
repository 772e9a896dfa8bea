package clearml.apiserver.call;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Texts as the reference, a Python program, forms them. They reach clients in messages and as values that were stored as
 * text (legacy parameters), so they are part of the interface.
 */
public final class PythonText {

    private PythonText() {}

    /** {@code str(value)}: strings as they are, {@code None}, {@code True}, {@code [1, 'x']}. */
    public static String str(@Nullable Object value) {
        return value instanceof CharSequence ? value.toString() : repr(value);
    }

    /** {@code repr(value)}: strings in quotes. */
    public static String repr(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        append(out, value);
        return out.toString();
    }

    /** {@code len(text)}: how many characters, however many of Java's each of them takes. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The name of the Python type of a JSON value, as in {@code expected type "str"}. */
    public static String typeName(@Nullable Object value) {
        if (value == null) {
            return "NoneType";
        }
        if (value instanceof Map) {
            return "dict";
        }
        if (value instanceof Iterable) {
            return "list";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        if (value instanceof Double || value instanceof Float) {
            return "float";
        }
        return value instanceof Number ? "int" : "str";
    }

    private static void append(StringBuilder out, @Nullable Object value) {
        if (value == null) {
            out.append("None");
        } else if (value instanceof Boolean flag) {
            out.append(flag ? "True" : "False");
        } else if (value instanceof Double || value instanceof Float) {
            out.append(number(((Number) value).doubleValue()));
        } else if (value instanceof CharSequence text) {
            appendQuoted(out, text);
        } else if (value instanceof Map<?, ?> map) {
            appendMap(out, map);
        } else if (value instanceof Iterable<?> items) {
            appendList(out, items);
        } else {
            out.append(value);
        }
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        return PythonFloat.text(value);
    }

    private static void appendMap(StringBuilder out, Map<?, ?> map) {
        out.append('{');
        Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<?, ?> entry = entries.next();
            append(out, entry.getKey());
            out.append(": ");
            append(out, entry.getValue());
            out.append(entries.hasNext() ? ", " : "");
        }
        out.append('}');
    }

    private static void appendList(StringBuilder out, Iterable<?> items) {
        out.append('[');
        Iterator<?> iterator = items.iterator();
        while (iterator.hasNext()) {
            append(out, iterator.next());
            out.append(iterator.hasNext() ? ", " : "");
        }
        out.append(']');
    }

    private static void appendQuoted(StringBuilder out, CharSequence text) {
        String plain = text.toString();
        char quote = plain.indexOf('\'') >= 0 && plain.indexOf('"') < 0 ? '"' : '\'';
        out.append(quote);
        for (int i = 0; i < plain.length(); i++) {
            appendEscaped(out, plain.charAt(i), quote);
        }
        out.append(quote);
    }

    private static void appendEscaped(StringBuilder out, char c, char quote) {
        switch (c) {
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c == quote) {
                    out.append('\\').append(c);
                } else if (c < ' ' || c == 0x7f) {
                    out.append(String.format("\\x%02x", (int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
