package clearml.apiserver.query;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Texts of JSON values as the reference shows and stores them. */
public final class PythonText {

    private PythonText() {}

    /** Text as it is, anything else as {@link #literal}. */
    public static String of(@Nullable Object value) {
        return value instanceof String text ? text : literal(value);
    }

    /** {@code None}, {@code True}, {@code 1.5}, {@code 'text'}, {@code [1, 'x']}, {@code {'a': 1}}. */
    public static String literal(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(member -> literal(member.getKey()) + ": " + literal(member.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof Collection<?> items) {
            return items.stream().map(PythonText::literal).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        if (value instanceof Double number) {
            return number(number);
        }
        return value instanceof String text ? quoted(text) : value == null ? "None" : value.toString();
    }

    /** The name of a value's type. */
    static String type(@Nullable Object value) {
        if (value == null) {
            return "NoneType";
        }
        if (value instanceof Map) {
            return "dict";
        }
        if (value instanceof Collection) {
            return "list";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        return value instanceof Double ? "float" : value instanceof Number ? "int" : "str";
    }

    private static String number(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        double size = Math.abs(number);
        if (size != 0 && (size < 1e-4 || size >= 1e16)) {
            return exponential(Double.toString(number));
        }
        String plain = new java.math.BigDecimal(Double.toString(number)).toPlainString();
        return plain.contains(".") ? plain : plain + ".0";
    }

    /** 1.0E-7 becomes 1e-07. */
    private static String exponential(String java) {
        int e = java.indexOf('E');
        String mantissa = java.substring(0, e).endsWith(".0") ? java.substring(0, e - 2) : java.substring(0, e);
        int exponent = Integer.parseInt(java.substring(e + 1));
        String digits = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : Integer.toString(Math.abs(exponent));
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + digits;
    }

    private static String quoted(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder literal = new StringBuilder().append(quote);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> literal.append("\\\\");
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                case '\t' -> literal.append("\\t");
                default -> {
                    if (c == quote) {
                        literal.append('\\');
                    }
                    literal.append(c);
                }
            }
        }
        return literal.append(quote).toString();
    }
}
