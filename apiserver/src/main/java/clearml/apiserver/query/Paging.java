package clearml.apiserver.query;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.PythonText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is answered.
 *
 * @param skip documents before it
 * @param limit most documents in it; 0 for no limit
 */
record Paging(long skip, int limit) {

    /** The page asked for by {@code start} and {@code size}, or by {@code page} and {@code page_size}. */
    static Paging of(Map<String, ?> request, int maxPageSize) {
        if (request.get("start") != null) {
            return new Paging(Math.max(0, whole(request, "start")), size(request));
        }
        boolean pageGiven = !request.containsKey("page") || request.get("page") != null;
        boolean sizeGiven = !request.containsKey("page_size") || request.get("page_size") != null;
        if (!sizeGiven) {
            if (pageGiven) {
                throw ApiError.MISSING_REQUIRED_FIELDS
                        .of("page_size is required when page is requested")
                        .with("field", "page_size");
            }
            return new Paging(0, 0);
        }
        long page = request.get("page") == null ? 0 : whole(request, "page");
        long size = request.containsKey("page_size") ? whole(request, "page_size") : maxPageSize;
        if (page < 0) {
            throw ApiError.VALIDATION_ERROR.of("page must be >=0").with("field", "page");
        }
        if (size < 1) {
            throw ApiError.VALIDATION_ERROR.of("page_size must be >0").with("field", "page_size");
        }
        int limit = (int) Math.min(size, maxPageSize);
        return new Paging(page > Integer.MAX_VALUE ? Integer.MAX_VALUE : page * limit, limit);
    }

    /** The {@code size} of a scroll; 400/12 if it is no integer of at least 1. */
    static int size(Map<String, ?> request) {
        Object size = request.get("size");
        boolean integer = size instanceof Number && !(size instanceof Double) || size instanceof Boolean;
        long number = integer ? whole(request, "size") : 0;
        if (number < 1) {
            throw ApiError.VALIDATION_ERROR.of(
                    "Integer size parameter greater than 1 should be provided when working with scroll");
        }
        return (int) Math.min(number, Integer.MAX_VALUE);
    }

    /** Truth values are numbers too, as in the reference. */
    private static long whole(Map<String, ?> request, String name) {
        Object value = request.get(name);
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (value instanceof java.math.BigInteger big) {
            return big.signum() < 0 ? -1 : Integer.MAX_VALUE;
        }
        if (value instanceof Number number && number.doubleValue() == number.longValue()) {
            return number.longValue();
        }
        throw notWhole(name, value);
    }

    private static ApiException notWhole(String name, @Nullable Object value) {
        return ApiError.VALIDATION_ERROR
                .of(name + " must be an integer")
                .with("field", name)
                .with("value", PythonText.str(value));
    }
}
