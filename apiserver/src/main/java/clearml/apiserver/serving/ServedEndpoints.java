package clearml.apiserver.serving;

import clearml.apiserver.call.ApiError;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is served, from the containers that are known now. A number that no container tells is null. */
@Component
class ServedEndpoints {

    private final ContainerEntries entries;

    ServedEndpoints(ContainerEntries entries) {
        this.entries = entries;
    }

    /** One for each URL. */
    List<Map<String, @Nullable Object>> all(String company) {
        Map<String, List<Container>> byUrl = new TreeMap<>();
        for (Container container : entries.of(company)) {
            String url = container.report().url();
            if (url != null) {
                byUrl.computeIfAbsent(url, each -> new ArrayList<>()).add(container);
            }
        }
        return byUrl.values().stream().map(ServedEndpoints::summary).toList();
    }

    private static Map<String, @Nullable Object> summary(List<Container> instances) {
        ContainerReport first = instances.get(0).report();
        Map<String, @Nullable Object> summary = new LinkedHashMap<>();
        summary.put("endpoint", first.endpointName());
        summary.put("model", first.modelName());
        summary.put("url", first.url());
        summary.put("instances", instances.size());
        summary.put("uptime_sec", longest(instances));
        summary.put("requests", sum(values(instances, ContainerReport::requestsNum)));
        summary.put("requests_min", rounded(mean(values(instances, ContainerReport::requestsMin)), 2));
        BigDecimal latency = mean(values(instances, ContainerReport::latencyMs));
        summary.put(
                "latency_ms",
                latency == null
                        ? null
                        : latency.setScale(0, RoundingMode.HALF_EVEN).longValue());
        summary.put("last_update", latest(instances));
        return summary;
    }

    /** The containers that do not serve yet. */
    List<Map<String, @Nullable Object>> loading(String company) {
        return entries.at(company, null).stream().map(ServedEndpoints::loading).toList();
    }

    private static Map<String, @Nullable Object> loading(Container container) {
        Map<String, @Nullable Object> info = new LinkedHashMap<>();
        info.put("id", container.id());
        addModel(info, container.report());
        info.put("uptime_sec", container.report().uptimeSec());
        info.put(
                "age_sec",
                Instant.now().getEpochSecond() - container.registerTime().getEpochSecond());
        info.put("last_update", container.lastActivityTime());
        return info;
    }

    private static void addModel(Map<String, @Nullable Object> answer, ContainerReport report) {
        answer.put("endpoint", report.endpointName());
        answer.put("url", report.url());
        answer.put("model", report.modelName());
        answer.put("model_source", report.modelSource());
        answer.put("model_version", report.modelVersion());
        answer.put("preprocess_artifact", report.preprocessArtifact());
        answer.put("input_type", report.inputType());
        answer.put("input_size", report.inputSize());
    }

    /** An endpoint with its instances; 400/1052 when nothing serves there. */
    Map<String, @Nullable Object> details(String company, String url) {
        List<Container> instances = entries.at(company, url);
        if (instances.isEmpty()) {
            throw ApiError.NO_CONTAINERS_FOR_URL.with("url", url);
        }
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        addModel(details, instances.get(0).report());
        details.put("uptime_sec", longest(instances));
        details.put("last_update", latest(instances));
        details.put(
                "instances", instances.stream().map(ServedEndpoints::instance).toList());
        return details;
    }

    private static Map<String, @Nullable Object> instance(Container container) {
        ContainerReport report = container.report();
        Map<String, @Nullable Object> instance = new LinkedHashMap<>();
        instance.put("id", container.id());
        instance.put("uptime_sec", report.uptimeSec());
        instance.put("requests", report.requestsNum());
        instance.put("requests_min", report.requestsMin());
        instance.put("latency_ms", report.latencyMs());
        instance.put("last_update", container.lastActivityTime());
        instance.put("reference", report.reference());
        instance.put(
                "cpu_count",
                report.machineStats() == null
                        ? 0
                        : report.machineStats().cpuUsage().size());
        instance.put(
                "gpu_count",
                report.machineStats() == null
                        ? 0
                        : report.machineStats().gpuUsage().size());
        return instance;
    }

    private static <T extends Number> List<T> values(
            List<Container> instances, Function<ContainerReport, @Nullable T> member) {
        return instances.stream()
                .map(container -> member.apply(container.report()))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    private static @Nullable Long longest(List<Container> instances) {
        return values(instances, ContainerReport::uptimeSec).stream()
                .max(Long::compare)
                .orElse(null);
    }

    private static @Nullable Instant latest(List<Container> instances) {
        return instances.stream()
                .map(Container::lastActivityTime)
                .max(Instant::compareTo)
                .orElse(null);
    }

    private static long sum(Collection<Long> values) {
        return values.stream().mapToLong(value -> value).sum();
    }

    private static @Nullable BigDecimal mean(Collection<? extends Number> values) {
        double sum = values.stream().mapToDouble(Number::doubleValue).sum();
        return values.isEmpty() || !Double.isFinite(sum) ? null : BigDecimal.valueOf(sum / values.size());
    }

    private static @Nullable Double rounded(@Nullable BigDecimal value, int digits) {
        return value == null
                ? null
                : value.setScale(digits, RoundingMode.HALF_EVEN).doubleValue();
    }
}
