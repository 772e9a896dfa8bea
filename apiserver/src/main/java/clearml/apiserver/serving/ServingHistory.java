package clearml.apiserver.serving;

import clearml.apiserver.store.elastic.ElasticCluster;
import clearml.apiserver.store.elastic.MonthlyIndices;
import clearml.apiserver.store.elastic.Queries;
import clearml.apiserver.store.elastic.Search;
import clearml.apiserver.store.elastic.SearchAnswer;
import clearml.apiserver.store.elastic.SearchAnswer.Bucket;
import clearml.apiserver.store.elastic.StatisticsWriter;
import clearml.apiserver.workers.StatsRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How busy an endpoint was, from the documents of {@link ContainerStatistics}. */
@Component
class ServingHistory {

    /** The beginning of the indices' names. */
    static final String INDEX = "serving_stats";

    private static final int MOST_CONTAINERS = 1_000;
    private static final double HUNDREDTHS = 100;
    private static final String CONTAINERS = "containers";
    private static final String DATES = "dates";
    private static final String VALUE = "value";

    private final ElasticCluster cluster;
    private final StatisticsWriter writer;

    ServingHistory(ElasticCluster workersCluster, StatisticsWriter writer) {
        this.cluster = workersCluster;
        this.writer = writer;
    }

    /** A chart over all instances, and one for each if wanted; all have the same dates (epoch ms). */
    Map<String, Object> chart(String company, String url, MetricType type, StatsRange range, boolean ofInstances) {
        SearchAnswer found = search(company, url, type, range);
        List<String> containers =
                found.buckets(CONTAINERS).stream().map(Bucket::key).toList();
        List<Bucket> points = containers.isEmpty()
                ? List.of()
                : range.whole(found.buckets(DATES)).stream()
                        .filter(bucket -> !type.onlyReported() || bucket.documents() > 0)
                        .toList();
        List<Map<String, Double>> samples =
                points.stream().map(point -> samples(point, type)).toList();
        List<Long> dates = points.stream().map(Bucket::number).toList();

        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("computed_interval", range.interval());
        answer.put("total", series(type.title(), dates, total(samples, containers.size(), type)));
        Map<String, Object> instances = new LinkedHashMap<>();
        if (ofInstances) {
            containers.forEach(container -> instances.put(container, series(container, dates, of(container, samples))));
        }
        answer.put("instances", instances);
        return answer;
    }

    private SearchAnswer search(String company, String url, MetricType type, StatsRange range) {
        writer.settle(INDEX, company);
        Map<String, Object> value = Map.of(VALUE, Queries.metric(type.aggregation(), type.field()));
        Map<String, Object> byContainer = Queries.byTerm("container_id", MOST_CONTAINERS, "asc", value);
        Map<String, Object> query = Queries.all(range.query(), Queries.term("endpoint_url", url));
        Map<String, Object> body = Queries.aggregating(
                query,
                Map.of(
                        CONTAINERS, Queries.byTerm("container_id", MOST_CONTAINERS, "asc", Map.of()),
                        DATES, range.histogram(Map.of(CONTAINERS, byContainer))));
        return cluster.searchAll(List.of(new Search(MonthlyIndices.all(INDEX, company), body)))
                .get(0);
    }

    /** By container; one that reported nothing in the interval has none. */
    private static Map<String, Double> samples(Bucket point, MetricType type) {
        Map<String, Double> samples = new HashMap<>();
        for (Bucket container : point.buckets(CONTAINERS)) {
            Double value = container.value(VALUE);
            samples.put(container.key(), value == null ? 0 : value / type.divisor());
        }
        return samples;
    }

    private static List<Double> total(List<Map<String, Double>> samples, int containers, MetricType type) {
        List<Double> values = new ArrayList<>();
        for (Map<String, Double> point : samples) {
            double sum = point.values().stream().mapToDouble(value -> value).sum();
            values.add(rounded(type.summed() ? sum : sum / containers));
        }
        return values;
    }

    private static List<Double> of(String container, List<Map<String, Double>> samples) {
        return samples.stream()
                .map(point -> rounded(point.getOrDefault(container, 0.0)))
                .toList();
    }

    private static double rounded(@Nullable Double value) {
        return value == null ? 0 : Math.round(value * HUNDREDTHS) / HUNDREDTHS;
    }

    private static Map<String, Object> series(String title, List<Long> dates, List<Double> values) {
        Map<String, Object> series = new LinkedHashMap<>();
        series.put("title", title);
        series.put("dates", dates);
        series.put("values", values);
        return series;
    }
}
