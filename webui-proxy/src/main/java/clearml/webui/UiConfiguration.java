package clearml.webui;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The content of {@code configuration.json}: same-origin bases, and over them every variable {@code WEBSERVER__<path>},
 * its parts joined by two underscores, its value JSON or else a plain text.
 */
@Component
class UiConfiguration {

    private static final String PREFIX = "WEBSERVER__";

    private final Map<String, Object> values = new TreeMap<>();
    private final JsonMapper json = new JsonMapper();

    @Autowired
    UiConfiguration(WebUiSettings settings) {
        this(settings, System.getenv());
    }

    UiConfiguration(WebUiSettings settings, Map<String, String> environment) {
        set("apiBaseUrl", "/api");
        set("fileBaseUrl", "/files");
        set("displayedServerUrls.apiServer", settings.shownApi());
        set("displayedServerUrls.filesServer", settings.shownFiles());
        new TreeMap<>(environment).forEach((name, value) -> {
            if (name.startsWith(PREFIX) && name.length() > PREFIX.length()) {
                set(name.substring(PREFIX.length()).replace("__", "."), parse(value));
            }
        });
    }

    Map<String, Object> values() {
        return values;
    }

    private Object parse(String text) {
        try {
            return Optional.<Object>ofNullable(json.readValue(text, Object.class))
                    .orElse("");
        } catch (JacksonException e) {
            return text;
        }
    }

    private void set(String path, Object value) {
        int dot = path.lastIndexOf('.');
        Map<String, Object> parent = dot < 0 ? values : child(values, path.substring(0, dot));
        parent.put(existing(parent, path.substring(dot + 1)), value);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, Object> root, String path) {
        int dot = path.lastIndexOf('.');
        Map<String, Object> parent = dot < 0 ? root : child(root, path.substring(0, dot));
        String name = path.substring(dot + 1);
        Object child = parent.get(existing(parent, name));
        if (child instanceof Map) {
            return (Map<String, Object>) child;
        }
        Map<String, Object> fresh = new LinkedHashMap<>();
        parent.put(name, fresh);
        return fresh;
    }

    /** Variables are often written in capitals. */
    private static String existing(Map<String, Object> parent, String name) {
        return parent.keySet().stream()
                .filter(key -> key.equalsIgnoreCase(name))
                .findFirst()
                .orElse(name);
    }
}
