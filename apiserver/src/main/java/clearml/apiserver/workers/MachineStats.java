package clearml.apiserver.workers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How busy a machine is: percent, degrees Celsius, MB and MB/s; lists have one number for each core or GPU. */
public record MachineStats(
        List<Double> cpuUsage,
        List<Double> cpuTemperature,
        List<Double> gpuUsage,
        List<Double> gpuTemperature,
        List<Double> gpuMemoryFree,
        List<Double> gpuMemoryUsed,
        @Nullable Double memoryUsed,
        @Nullable Double memoryFree,
        @Nullable Double networkTx,
        @Nullable Double networkRx,
        @Nullable Double diskFreeHome,
        @Nullable Double diskFreeTemp,
        @Nullable Double diskRead,
        @Nullable Double diskWrite) {

    /** The documents of {@code worker_stats}; what is missing, empty or a single 0 has none. */
    List<Map<String, @Nullable Object>> documents(String worker, @Nullable String task, long timestamp) {
        List<Map<String, @Nullable Object>> documents = new ArrayList<>();
        lists().forEach((metric, values) -> {
            for (int i = 0; i < values.size(); i++) {
                add(documents, worker, task, timestamp, metric, String.valueOf(i), values.get(i));
            }
        });
        totals().forEach((metric, value) -> {
            if (value != null && value != 0) {
                add(documents, worker, task, timestamp, metric, "total", value);
            }
        });
        return documents;
    }

    private Map<String, List<Double>> lists() {
        Map<String, List<Double>> lists = new LinkedHashMap<>();
        lists.put("cpu_usage", cpuUsage);
        lists.put("cpu_temperature", cpuTemperature);
        lists.put("gpu_usage", gpuUsage);
        lists.put("gpu_temperature", gpuTemperature);
        lists.put("gpu_memory_free", gpuMemoryFree);
        lists.put("gpu_memory_used", gpuMemoryUsed);
        return lists;
    }

    private Map<String, @Nullable Double> totals() {
        Map<String, @Nullable Double> totals = new LinkedHashMap<>();
        totals.put("memory_used", memoryUsed);
        totals.put("memory_free", memoryFree);
        totals.put("network_tx", networkTx);
        totals.put("network_rx", networkRx);
        totals.put("disk_free_home", diskFreeHome);
        totals.put("disk_free_temp", diskFreeTemp);
        totals.put("disk_read", diskRead);
        totals.put("disk_write", diskWrite);
        return totals;
    }

    private static void add(
            List<Map<String, @Nullable Object>> documents,
            String worker,
            @Nullable String task,
            long timestamp,
            String metric,
            String variant,
            double value) {
        if (!Double.isFinite(value)) {
            // No number of JSON, so one of them would make the whole bulk unreadable.
            return;
        }
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("timestamp", timestamp);
        document.put("worker", worker);
        document.put("task", task);
        document.put("category", metric.substring(0, metric.indexOf('_')));
        document.put("metric", metric);
        document.put("variant", variant);
        document.put("value", value);
        documents.add(document);
    }
}
