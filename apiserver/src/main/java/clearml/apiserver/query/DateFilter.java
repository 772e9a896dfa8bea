package clearml.apiserver.query;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.PythonText;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons with dates: a range {@code [min, max]}, or one or several texts like {@code >=2026-11-21}. Texts that are
 * no dates count for nothing there; of two with the same operator the last one counts.
 */
final class DateFilter {

    private static final Pattern COMPARISON = Pattern.compile("(>=|>|<=|<)?(.*)", Pattern.DOTALL);

    private DateFilter() {}

    /**
     * The condition on a stored path, null if nothing is asked.
     *
     * @param request the request's key, for error texts
     */
    static @Nullable Document condition(String request, String path, @Nullable Object value) {
        List<?> items = value instanceof List<?> list ? list : Collections.singletonList(value);
        if (isRange(request, items)) {
            return RangeFilter.condition(path, path, FieldType.Scalar.DATE, items);
        }
        Document test = new Document();
        for (Object item : items) {
            compare(test, request, item);
        }
        return test.isEmpty() ? null : new Document(path, test);
    }

    private static boolean isRange(String request, List<?> items) {
        if (items.size() != 2) {
            return false;
        }
        for (Object item : items) {
            if (item instanceof String text) {
                if (text.startsWith("<") || text.startsWith(">")) {
                    return false;
                }
            } else if (item != null) {
                throw failed("'" + PythonText.typeName(item) + "' object has no attribute 'startswith'", request);
            }
        }
        return true;
    }

    private static void compare(Document test, String request, @Nullable Object item) {
        if (!(item instanceof String text)) {
            throw failed("expected string or bytes-like object, got '" + PythonText.typeName(item) + "'", request);
        }
        Matcher comparison = COMPARISON.matcher(text);
        if (!comparison.matches()) {
            return;
        }
        Date date = DateTexts.parse(comparison.group(2));
        if (date != null) {
            test.put(operator(comparison.group(1)), date);
        }
    }

    private static String operator(@Nullable String sign) {
        if (sign == null) {
            return "$eq";
        }
        return switch (sign) {
            case ">=" -> "$gte";
            case ">" -> "$gt";
            case "<=" -> "$lte";
            default -> "$lt";
        };
    }

    static ApiException failed(String why, String request) {
        return ApiError.FIELDS_VALUE_ERROR
                .of("failed parsing query field")
                .with("error", why)
                .with("field", request);
    }

    static boolean isEmpty(@Nullable Object value) {
        return value == null || (value instanceof Collection<?> items && items.isEmpty()) || "".equals(value);
    }
}
