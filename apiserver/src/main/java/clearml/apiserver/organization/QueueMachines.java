package clearml.apiserver.organization;

import clearml.config.ServerConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What queues say of the machines that work for them. */
final class QueueMachines {

    static final List<String> FIELDS = List.of("id", "name", "display_name", "resources");
    private static final String SETTINGS = "services.queues.resource_usages.";
    private static final String OTHER = "_other_";

    private final Map<String, Map<String, Object>> queues = new HashMap<>();
    private final double cpu;
    private final double gpu;

    /** @param queues those of the company */
    QueueMachines(List<Map<String, Object>> queues, ServerConfig config) {
        queues.forEach(queue -> this.queues.put(String.valueOf(queue.get("id")), queue));
        cpu = config.decimal(SETTINGS + "cpu");
        gpu = config.decimal(SETTINGS + "gpu");
    }

    /** By what a second counts. */
    record Weight(double cpu, boolean cpuAssumed, double gpu, boolean gpuAssumed) {}

    Weight weight(@Nullable String queue) {
        Object resources = queues.getOrDefault(String.valueOf(queue), Map.of()).get("resources");
        Map<?, ?> told = resources instanceof Map<?, ?> map ? map : Map.of();
        Object cpuTold = told.get("cpu_usage");
        Object gpuTold = told.get("gpu_usage");
        return new Weight(
                cpuTold instanceof Number number ? number.doubleValue() : cpu,
                cpuTold == null,
                gpuTold instanceof Number number ? number.doubleValue() : gpu,
                gpuTold == null);
    }

    /** The queue's own id if it is the company's; that of all others; null for none. */
    @Nullable
    String group(@Nullable String queue) {
        return queue == null || queues.containsKey(queue) ? queue : OTHER;
    }

    @Nullable
    String name(@Nullable String group) {
        Map<String, Object> queue = queues.get(String.valueOf(group));
        if (queue == null) {
            return group == null ? null : "other";
        }
        Object shown = queue.get("display_name");
        return String.valueOf(shown == null || shown.equals("") ? queue.get("name") : shown);
    }
}
