package clearml.apiserver.call;

import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Query arguments and form fields as members of a request: {@code a.b=1&c[]=x} sets {@code {"a":{"b":1},"c":["x"]}}.
 */
final class QueryArguments {

    private static final Pattern NUMBER = Pattern.compile("\\d+\\.?\\d*|\\.\\d+");
    private static final int LONG_DIGITS = 18;
    private static final int MAX_NESTING = 100;

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    /** Reads {@code a=1&b=2}, percent-encoded. */
    static QueryArguments parse(@Nullable String query) {
        QueryArguments arguments = new QueryArguments();
        if (query == null || query.isEmpty()) {
            return arguments;
        }
        for (String pair : query.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                arguments.add(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return arguments;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    void add(String name, String value) {
        values.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
    }

    /** Sets every argument in the request object, over what is there. */
    void applyTo(Map<String, @Nullable Object> target) {
        values.forEach((name, texts) -> set(target, name, texts));
    }

    private static void set(Map<String, @Nullable Object> target, String name, List<String> texts) {
        boolean list = texts.size() > 1 || name.endsWith("[]");
        String[] path = strip(name).split("\\.", -1);
        if (path.length > MAX_NESTING) {
            throw ApiException.message(ApiError.BAD_REQUEST, BodyReader.NOT_UNDERSTOOD);
        }
        Map<String, @Nullable Object> parent = target;
        for (int i = 0; i < path.length - 1; i++) {
            parent = child(parent, path[i]);
        }
        List<@Nullable Object> converted = new ArrayList<>(texts.size());
        texts.forEach(text -> converted.add(convert(text)));
        parent.put(path[path.length - 1], list ? converted : converted.get(0));
    }

    private static String strip(String name) {
        int end = name.length();
        while (end > 0 && (name.charAt(end - 1) == '[' || name.charAt(end - 1) == ']')) {
            end--;
        }
        return name.substring(0, end);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> child(Map<String, @Nullable Object> parent, String name) {
        Object child = parent.computeIfAbsent(name, key -> new LinkedHashMap<String, @Nullable Object>());
        if (child instanceof Map) {
            return (Map<String, @Nullable Object>) child;
        }
        throw ApiException.message(
                ApiError.BAD_REQUEST, "Query argument sets a member of a value that is not an object: " + name);
    }

    private static Object convert(String text) {
        return switch (text) {
            case "true", "True", "TRUE" -> Boolean.TRUE;
            case "false", "False", "FALSE" -> Boolean.FALSE;
            default -> NUMBER.matcher(text).matches() ? number(text) : text;
        };
    }

    private static Number number(String digits) {
        if (digits.indexOf('.') >= 0) {
            return Double.valueOf(digits);
        }
        if (digits.length() > LONG_DIGITS) {
            return new BigInteger(digits);
        }
        long value = Long.parseLong(digits);
        return value <= Integer.MAX_VALUE ? (Number) (int) value : (Number) value;
    }
}
