package clearml.apiserver.workers;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.store.elastic.ElasticCluster;
import clearml.apiserver.store.elastic.MonthlyIndices;
import clearml.apiserver.store.elastic.Queries;
import clearml.apiserver.store.elastic.Search;
import clearml.apiserver.store.elastic.SearchAnswer;
import clearml.apiserver.store.elastic.SearchAnswer.Bucket;
import clearml.apiserver.store.elastic.StatisticsWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How busy the machines of a company were, from the documents of {@link MachineStats}. */
@Component
class WorkerStatistics {

    /** The beginning of the indices' names. */
    static final String INDEX = "worker_stats";

    private static final int MOST_NAMES = 1_000;
    private static final String WORKERS = "workers";
    private static final String DATES = "dates";
    private static final String VALUE = "value";
    private static final String VARIANTS = "variants";

    private final ElasticCluster cluster;
    private final StatisticsWriter writer;

    WorkerStatistics(ElasticCluster workersCluster, StatisticsWriter writer) {
        this.cluster = workersCluster;
        this.writer = writer;
    }

    /** The metrics by category; 400/1005 when there are none. */
    List<Map<String, Object>> metrics(List<String> workers, String company) {
        Map<String, Object> aggregations = Map.of(
                "categories",
                Queries.byTerm(
                        "category",
                        MOST_NAMES,
                        "asc",
                        Map.of("metrics", Queries.byTerm("metric", MOST_NAMES, "asc", Map.of()))));
        List<Map<String, Object>> categories = new ArrayList<>();
        SearchAnswer found = search(company, List.of(Queries.aggregating(ofWorkers(workers), aggregations)))
                .get(0);
        for (Bucket category : found.buckets("categories")) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("name", category.key());
            answer.put(
                    "metric_keys",
                    category.buckets("metrics").stream().map(Bucket::key).toList());
            categories.add(answer);
        }
        if (categories.isEmpty()) {
            throw ApiError.WORKER_STATS_NOT_FOUND.with("workers", workers).with("company", company);
        }
        return categories;
    }

    /** How many workers reported, and how many of them with a task, over time. */
    Map<String, Object> activity(StatsRange range, String company) {
        Map<String, Object> counted =
                Map.of(DATES, range.histogram(Map.of(WORKERS, Queries.metric("cardinality", "worker"))));
        List<SearchAnswer> found = search(
                company,
                List.of(
                        Queries.aggregating(Queries.all(range.query()), counted),
                        Queries.aggregating(Queries.all(range.query(), Queries.exists("task")), counted)));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("total", series(found.get(0)));
        answer.put("active", series(found.get(1)));
        return answer;
    }

    /** Without the last bucket, which has only begun. */
    private static Map<String, Object> series(SearchAnswer found) {
        List<Bucket> buckets = found.buckets(DATES);
        List<Bucket> whole = buckets.subList(0, Math.max(0, buckets.size() - 1));
        Map<String, Object> series = new LinkedHashMap<>();
        series.put("dates", whole.stream().map(Bucket::number).toList());
        series.put(
                "counts",
                whole.stream()
                        .map(bucket -> (int) orZero(bucket.value(WORKERS)))
                        .toList());
        return series;
    }

    /** Values over time, by worker and metric: several statistics of a metric are together. */
    List<Map<String, Object>> charts(
            List<StatItem> items, List<String> workers, StatsRange range, boolean split, String company) {
        List<Map<String, Object>> searches = items.stream()
                .map(item -> Queries.aggregating(
                        Queries.all(range.query(), Queries.term("metric", item.metric()), ofWorkers(workers)),
                        Map.of(WORKERS, byWorker(item, workers, range, splits(item, split)))))
                .toList();
        List<SearchAnswer> found = search(company, searches);
        Map<String, Map<String, List<Object>>> byWorker = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            StatItem item = items.get(i);
            for (Bucket worker : found.get(i).buckets(WORKERS)) {
                byWorker.computeIfAbsent(worker.key(), id -> new LinkedHashMap<>())
                        .computeIfAbsent(item.metric(), metric -> new ArrayList<>())
                        .add(chart(item, worker, range, splits(item, split)));
            }
        }
        return answer(byWorker);
    }

    private static boolean splits(StatItem item, boolean split) {
        return split && item.metric().startsWith("gpu_");
    }

    private static Map<String, Object> byWorker(StatItem item, List<String> workers, StatsRange range, boolean split) {
        Map<String, Object> value = Queries.metric(item.type(), VALUE);
        Map<String, Object> values = new LinkedHashMap<>(Map.of(VALUE, value));
        if (split) {
            values.put(VARIANTS, Queries.byTerm("variant", MOST_NAMES, "asc", Map.of(VALUE, value)));
        }
        int size = workers.isEmpty() ? MOST_NAMES : workers.size();
        return Queries.byTerm("worker", size, "asc", Map.of(DATES, range.histogram(values)));
    }

    private static Map<String, Object> chart(StatItem item, Bucket worker, StatsRange range, boolean split) {
        List<Bucket> buckets = range.whole(worker.buckets(DATES));
        Map<String, Object> chart = new LinkedHashMap<>();
        chart.put("aggregation", item.type());
        chart.put("dates", buckets.stream().map(Bucket::number).toList());
        chart.put(
                "values",
                buckets.stream().map(bucket -> orZero(bucket.value(VALUE))).toList());
        chart.put("resource_series", split ? ResourceSeries.of(buckets) : List.of());
        return chart;
    }

    private static List<Map<String, Object>> answer(Map<String, Map<String, List<Object>>> byWorker) {
        List<Map<String, Object>> workers = new ArrayList<>();
        byWorker.forEach((worker, byMetric) -> {
            List<Map<String, Object>> metrics = new ArrayList<>();
            byMetric.forEach((metric, stats) -> metrics.add(Map.of("metric", metric, "stats", stats)));
            workers.add(Map.of("worker", worker, "metrics", metrics));
        });
        return workers;
    }

    /** Each GPU by itself, where there are several. */
    private static final class ResourceSeries {

        static List<Map<String, Object>> of(List<Bucket> buckets) {
            Map<String, List<Double>> series = new TreeMap<>();
            for (int i = 0; i < buckets.size(); i++) {
                for (Bucket variant : buckets.get(i).buckets(VARIANTS)) {
                    series.computeIfAbsent(
                                    variant.key(), name -> new ArrayList<>(Collections.nCopies(buckets.size(), 0.0)))
                            .set(i, orZero(variant.value(VALUE)));
                }
            }
            List<Map<String, Object>> answer = new ArrayList<>();
            if (series.size() > 1) {
                series.forEach((name, values) -> answer.add(Map.of("name", name, "values", values)));
            }
            return answer;
        }
    }

    private static double orZero(@Nullable Double value) {
        return value == null ? 0 : value;
    }

    private static Map<String, Object> ofWorkers(List<String> workers) {
        return workers.isEmpty() ? Queries.all() : Queries.terms("worker", workers);
    }

    private List<SearchAnswer> search(String company, List<Map<String, Object>> bodies) {
        writer.settle(INDEX, company);
        String index = MonthlyIndices.all(INDEX, company);
        return cluster.searchAll(
                bodies.stream().map(body -> new Search(index, body)).toList());
    }
}
