package clearml.apiserver.users;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.PythonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sets one value deep inside preferences, by its dotted path. */
final class PreferencePath {

    /** What is stored is a text that must be readable again, whatever it takes to get there. */
    private static final int MAX_DEPTH = 400;

    private static final Pattern INDEX = Pattern.compile("\\d{1,4}");

    private PreferencePath() {}

    /**
     * Creates the objects on the way; a number is an index where there is a list.
     *
     * @throws ApiException 400/16 for a key that MongoDB would not take and for too many levels, 400/305 for a path that leads nowhere
     */
    static void set(Map<String, @Nullable Object> preferences, String path, @Nullable Object value) {
        String[] keys = path.split("\\.", -1);
        for (String key : keys) {
            checkDollar(key);
        }
        checkKeys(value, keys.length);
        Object parent = preferences;
        for (int i = 0; i < keys.length - 1; i++) {
            Object child = get(parent, keys[i]);
            if (child == null) {
                child = new LinkedHashMap<String, @Nullable Object>();
                put(parent, keys[i], child, path, value);
            }
            parent = child;
        }
        put(parent, keys[keys.length - 1], value, path, value);
    }

    private static void checkKeys(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw ApiError.FIELDS_VALUE_ERROR.of("nested too deeply").with("levels", depth);
        }
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> {
                String key = String.valueOf(name);
                checkDollar(key);
                if (key.contains(".")) {
                    throw badKey(key);
                }
                checkKeys(member, depth + 1);
            });
        } else if (value instanceof List<?> list) {
            list.forEach(item -> checkKeys(item, depth + 1));
        }
    }

    private static void checkDollar(String key) {
        if (key.startsWith("$")) {
            throw badKey(key);
        }
    }

    private static ApiException badKey(String key) {
        return ApiError.FIELDS_VALUE_ERROR
                .of("keys may not contain \".\" or start with \"$\"")
                .with("key", key);
    }

    private static @Nullable Object get(@Nullable Object parent, String key) {
        if (parent instanceof Map<?, ?> map) {
            return map.get(key);
        }
        if (parent instanceof List<?> list && INDEX.matcher(key).matches()) {
            int index = Integer.parseInt(key);
            return index < list.size() ? list.get(index) : null;
        }
        return null;
    }

    @SuppressWarnings("unchecked")
    private static void put(
            @Nullable Object parent, String key, @Nullable Object child, String path, @Nullable Object value) {
        if (parent instanceof Map && !key.isEmpty()) {
            ((Map<String, @Nullable Object>) parent).put(key, child);
        } else if (parent instanceof List && INDEX.matcher(key).matches()) {
            putAt((List<@Nullable Object>) parent, Integer.parseInt(key), child);
        } else {
            throw ApiError.INVALID_PREFERENCES_UPDATE.with("key", path).with("value", PythonText.str(value));
        }
    }

    private static void putAt(List<@Nullable Object> list, int index, @Nullable Object child) {
        while (list.size() <= index) {
            list.add(null);
        }
        list.set(index, child);
    }
}
