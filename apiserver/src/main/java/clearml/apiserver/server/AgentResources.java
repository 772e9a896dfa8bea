package clearml.apiserver.server;

import clearml.apiserver.call.BodyReader;
import clearml.apiserver.store.elastic.ElasticCluster;
import clearml.config.ServerConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the machines of agents used lately: aggregations over the indices {@code worker_stats_<company>_*}. */
@Component
class AgentResources {

    private static final int MOST_AGENTS = 1000;
    private static final double MEGABYTES = 1024.0;

    private final ElasticCluster workersCluster;
    private final Duration relevant;

    AgentResources(ElasticCluster workersCluster, ServerConfig config) {
        this.workersCluster = workersCluster;
        this.relevant = Duration.ofDays(config.integer("apiserver.statistics.agent_relevant_threshold_days"));
    }

    /** By the id of the worker; memory in GiB. */
    Map<String, Map<String, Object>> of(String company) {
        Map<String, Map<String, Object>> agents = new LinkedHashMap<>();
        for (Object bucket : list(search(company), "aggregations", "workers", "buckets")) {
            agents.put(String.valueOf(member(bucket, "key")), resources(bucket));
        }
        return agents;
    }

    private static Map<String, Object> resources(Object bucket) {
        Map<String, Object> resources = new LinkedHashMap<>();
        resources.put("interval_sec", interval(bucket));
        resources.put("num_cores", number(member(member(bucket, "cores"), "variants", "value")));
        resources.put("cpu_usage", range(member(bucket, "cpu_usage", "range"), 1));
        resources.put("mem_used_gb", range(member(bucket, "memory_used", "range"), MEGABYTES));
        resources.put("mem_free_gb", range(member(bucket, "memory_free", "range"), MEGABYTES));
        return resources;
    }

    private static long interval(Object bucket) {
        double first = number(member(bucket, "first", "value"));
        double last = number(member(bucket, "last", "value"));
        return Duration.ofMillis((long) (last - first)).toSeconds();
    }

    private static Map<String, Object> range(@Nullable Object range, double unit) {
        return Map.of(
                "min", number(member(range, "min")) / unit,
                "max", number(member(range, "max")) / unit,
                "avg", number(member(range, "avg")) / unit);
    }

    private Object search(String company) {
        Object query = BodyReader.read(query(Instant.now().minus(relevant).toEpochMilli()));
        return workersCluster.json(
                "POST", "/worker_stats_" + company + "_*/_search", Map.of("ignore_unavailable", "true"), query);
    }

    private static String query(long since) {
        return """
                {"size": 0,
                 "query": {"range": {"timestamp": {"gte": %d}}},
                 "aggs": {"workers": {"terms": {"field": "worker", "size": %d}, "aggs": {
                   "first": {"min": {"field": "timestamp"}},
                   "last": {"max": {"field": "timestamp"}},
                   "cores": {"filter": {"term": {"metric": "cpu_usage"}},
                     "aggs": {"variants": {"cardinality": {"field": "variant"}}}},
                   %s, %s, %s}}}}
                """.formatted(since, MOST_AGENTS, metric("cpu_usage"), metric("memory_used"), metric("memory_free"));
    }

    private static String metric(String name) {
        return """
                "%1$s": {"filter": {"term": {"metric": "%1$s"}}, "aggs": {"range": {"stats": {"field": "value"}}}}""".formatted(name);
    }

    private static @Nullable Object member(@Nullable Object value, String... path) {
        Object found = value;
        for (String name : path) {
            found = found instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return found;
    }

    private static List<?> list(@Nullable Object value, String... path) {
        return member(value, path) instanceof List<?> list ? list : List.of();
    }

    private static double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : 0;
    }
}
