package clearml.apiserver.store.elastic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Types of fields, as a template declares them. */
final class Mappings {

    private final Map<String, Object> properties = new LinkedHashMap<>();

    Mappings with(String type, String... fields) {
        for (String field : fields) {
            properties.put(field, Map.of("type", type));
        }
        return this;
    }

    /** Texts that are kept and never searched. */
    Mappings withStoredText(String field) {
        properties.put(field, Map.of("type", "text", "index", false));
        return this;
    }

    Map<String, Object> properties() {
        return Map.of("properties", properties);
    }

    Map<String, Object> withSource() {
        return Map.of("_source", Map.of("enabled", true), "properties", properties);
    }

    /** A template body with the settings that all indices have. */
    Map<String, Object> template() {
        return Map.of(
                "settings", Map.of("number_of_shards", 1, "number_of_replicas", 0),
                "mappings", withSource());
    }

    /** An index template of its own. */
    Map<String, Object> indexTemplate(String pattern) {
        return Map.of("index_patterns", List.of(pattern), "priority", 500, "template", template());
    }

    /** An index template on top of the common component. */
    Map<String, Object> indexTemplate(String pattern, String component) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("index_patterns", List.of(pattern));
        body.put("priority", 500);
        body.put("composed_of", List.of(component));
        if (!properties.isEmpty()) {
            body.put("template", Map.of("mappings", properties()));
        }
        return body;
    }
}
