package clearml.apiserver.server;

import clearml.apiserver.call.ApiError;
import clearml.config.ServerConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The configuration as it may be shown: without the section {@code secure}, and no password elsewhere. */
@Component
class ShownConfiguration {

    private static final String HIDDEN = "***";
    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i).*(password|secret|token|scroll_id_key|credentials_json)");
    private static final Pattern NOT_SECRET = Pattern.compile("(?i).*_(sec|mode|name)");
    private static final Pattern URL_PASSWORD = Pattern.compile("(?<=://)([^/@:]*):[^/@]*@");

    private final Map<String, @Nullable Object> shown;

    ShownConfiguration(ServerConfig config) {
        Map<String, Object> all = new LinkedHashMap<>(config.whole());
        all.remove("secure");
        shown = object(all);
    }

    /** The value at a dotted path, the whole without a path; 400/16 where there is nothing. */
    Object at(@Nullable String path) {
        if (path == null || path.isEmpty()) {
            return shown;
        }
        Object value = shown;
        for (String key : path.split("\\.", -1)) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        if (value == null) {
            throw ApiError.FIELDS_VALUE_ERROR
                    .of("no such path in the configuration")
                    .with("path", path);
        }
        return value;
    }

    private static Map<String, @Nullable Object> object(Map<?, ?> object) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        object.forEach((key, value) -> {
            String name = String.valueOf(key);
            copy.put(name, isSecret(name, value) ? HIDDEN : value(value));
        });
        return copy;
    }

    private static boolean isSecret(String name, @Nullable Object value) {
        return value instanceof String text
                && !text.isEmpty()
                && SECRET_NAME.matcher(name).matches()
                && !NOT_SECRET.matcher(name).matches();
    }

    private static @Nullable Object value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return object(map);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ShownConfiguration::value).toList();
        }
        return value instanceof String text ? URL_PASSWORD.matcher(text).replaceAll("$1:" + HIDDEN + "@") : value;
    }
}
