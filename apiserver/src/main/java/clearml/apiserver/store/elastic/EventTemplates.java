package clearml.apiserver.store.elastic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The templates of the cluster {@code events}. */
final class EventTemplates {

    static final String COMPONENT = "events_common";

    /** Names that older servers used. */
    static final List<String> LEGACY = List.of("events", "events_log", "events_plot", "events_training_debug_image");

    private EventTemplates() {}

    static Map<String, Object> component() {
        return Map.of(
                "template",
                new Mappings()
                        .with("date", "@timestamp", "timestamp")
                        .with("keyword", "task", "type", "worker", "metric", "variant", "company_id")
                        .with("long", "iter")
                        .with("float", "value")
                        .with("boolean", "model_event")
                        .template());
    }

    static Map<String, Map<String, Object>> indices() {
        Map<String, Map<String, Object>> templates = new LinkedHashMap<>();
        put(templates, "log", new Mappings().withStoredText("msg").with("keyword", "level"));
        put(templates, "plot", new Mappings().withStoredText("plot_str").with("binary", "plot_data"));
        put(templates, "training_debug_image", new Mappings().with("keyword", "key", "url"));
        put(templates, "training_stats_scalar", new Mappings());
        // Not in the reference, whose vectors can't be aggregated for want of keywords.
        put(templates, "training_stats_vector", new Mappings());
        return templates;
    }

    private static void put(Map<String, Map<String, Object>> templates, String type, Mappings mappings) {
        templates.put("events_" + type, mappings.indexTemplate("events-" + type + "-*", COMPONENT));
    }
}
