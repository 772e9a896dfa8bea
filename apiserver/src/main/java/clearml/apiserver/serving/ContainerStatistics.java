package clearml.apiserver.serving;

import clearml.apiserver.workers.MachineStats;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was measured at one time, as a document of {@code serving_stats}. Memory is in MB. */
final class ContainerStatistics {

    private static final double THOUSANDTHS = 1_000;

    private ContainerStatistics() {}

    /** @param timestamp in epoch ms */
    static Map<String, @Nullable Object> document(ContainerReport report, String company, long timestamp) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("timestamp", timestamp);
        document.put("container_id", report.containerId());
        document.put("company_id", company);
        document.put("endpoint_url", report.url());
        document.put("requests_num", report.requestsNum());
        document.put("requests_min", finite(report.requestsMin()));
        document.put("uptime_sec", report.uptimeSec());
        document.put("latency_ms", report.latencyMs());
        if (report.machineStats() != null) {
            addMachine(document, report.machineStats());
        }
        return document;
    }

    private static void addMachine(Map<String, @Nullable Object> document, MachineStats machine) {
        addList(document, "cpu", machine.cpuUsage());
        addList(document, "gpu", machine.gpuUsage());
        addMemory(document, "memory_", machine.memoryFree(), machine.memoryUsed());
        addMemory(document, "gpu_memory_", mean(machine.gpuMemoryFree()), mean(machine.gpuMemoryUsed()));
        document.put("disk_free_home", finite(machine.diskFreeHome()));
        document.put("network_rx", finite(machine.networkRx()));
        document.put("network_tx", finite(machine.networkTx()));
    }

    private static void addList(Map<String, @Nullable Object> document, String what, List<Double> usage) {
        if (!usage.isEmpty()) {
            document.put(what + "_usage", mean(usage));
            document.put(what + "_num", usage.size());
        }
    }

    private static void addMemory(
            Map<String, @Nullable Object> document, String prefix, @Nullable Double free, @Nullable Double used) {
        document.put(prefix + "free", finite(free));
        document.put(prefix + "used", finite(used));
        if (finite(free) != null && finite(used) != null && free != null && used != null) {
            document.put(prefix + "total", Math.round((free + used) * THOUSANDTHS) / THOUSANDTHS);
        }
    }

    private static @Nullable Double mean(List<Double> values) {
        return values.isEmpty()
                ? null
                : finite(values.stream().mapToDouble(value -> value).sum() / values.size());
    }

    /** No number of JSON is not finite, and one would make the whole bulk unreadable. */
    private static @Nullable Double finite(@Nullable Double value) {
        return value == null || !Double.isFinite(value) ? null : value;
    }
}
