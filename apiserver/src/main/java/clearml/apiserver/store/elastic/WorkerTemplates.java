package clearml.apiserver.store.elastic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The templates of the cluster {@code workers}. */
final class WorkerTemplates {

    /** Names that older servers used. */
    static final List<String> LEGACY = List.of("queue_metrics", "worker_stats");

    private WorkerTemplates() {}

    static Map<String, Map<String, Object>> indices() {
        Map<String, Map<String, Object>> templates = new LinkedHashMap<>();
        put(templates, "queue_metrics", queueMetrics());
        put(templates, "worker_stats", workerStats());
        put(templates, "serving_stats", servingStats());
        return templates;
    }

    private static void put(Map<String, Map<String, Object>> templates, String name, Mappings mappings) {
        templates.put(name, mappings.indexTemplate(name + "_*"));
    }

    private static Mappings queueMetrics() {
        return new Mappings()
                .with("date", "timestamp")
                .with("keyword", "queue", "company_id")
                .with("float", "average_waiting_time")
                .with("integer", "queue_length");
    }

    private static Mappings workerStats() {
        return new Mappings()
                .with("date", "timestamp")
                .with("keyword", "worker", "category", "metric", "variant", "unit", "task", "company_id")
                .with("float", "value");
    }

    private static Mappings servingStats() {
        return new Mappings()
                .with("date", "timestamp")
                .with("keyword", "container_id", "company_id", "endpoint_url")
                .with("float", "requests_min", "cpu_usage", "gpu_usage")
                .with("float", "memory_used", "memory_free", "memory_total")
                .with("float", "gpu_memory_used", "gpu_memory_free", "gpu_memory_total")
                .with("float", "disk_free_home", "network_rx", "network_tx")
                .with("integer", "requests_num", "uptime_sec", "latency_ms", "cpu_num", "gpu_num");
    }
}
