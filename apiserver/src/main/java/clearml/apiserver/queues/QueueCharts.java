package clearml.apiserver.queues;

import clearml.apiserver.store.elastic.ElasticCluster;
import clearml.apiserver.store.elastic.MonthlyIndices;
import clearml.apiserver.store.elastic.Queries;
import clearml.apiserver.store.elastic.Search;
import clearml.apiserver.store.elastic.SearchAnswer.Bucket;
import clearml.apiserver.workers.StatsRange;
import clearml.config.ServerConfig;
import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;

/** Length and waiting time (s) of queues over time, from what {@link QueueMetrics} measured. */
@Component
class QueueCharts {

    private static final String DATES = "dates";
    private static final String QUEUES = "queues";
    private static final String WORST = "worst";

    private final QueueStore store;
    private final QueueMetrics metrics;
    private final ElasticCluster cluster;
    private final Document notHidden;
    private final long before;

    QueueCharts(QueueStore store, QueueMetrics metrics, ElasticCluster workersCluster, ServerConfig config) {
        this.store = store;
        this.metrics = metrics;
        this.cluster = workersCluster;
        this.notHidden = QueueLists.notHidden(config);
        this.before = config.longInteger("services.queues.metrics_before_from_date");
    }

    /**
     * What is wanted.
     *
     * @param from in epoch s
     * @param to in epoch s
     * @param interval what becomes one point, in s
     * @param queues none for the total of all
     * @param hidden whether hidden queues count
     */
    record Wanted(double from, double to, long interval, List<String> queues, boolean refresh, boolean hidden) {}

    /** A series for each queue that was named and has data, or one for all; 400/16 when the range is none. */
    List<QueueSeries> of(Wanted wanted, String company) {
        List<String> ids = ids(wanted, company);
        if (ids.isEmpty()) {
            return List.of();
        }
        metrics.measureNow(wanted.refresh() ? ids : List.of(), company);
        StatsRange.require(wanted.from(), wanted.to());
        List<Bucket> buckets = cluster.search(
                        new Search(MonthlyIndices.all(QueueMetrics.INDEX, company), search(wanted, ids)))
                .buckets(DATES);
        return wanted.queues().isEmpty()
                ? List.of(new QueueTotal().over(measurements(buckets), shown(wanted)))
                : series(measurements(buckets), shown(wanted));
    }

    /** The earlier ones only serve to know how long queues were before anything happened. */
    private static long shown(Wanted wanted) {
        return (long) ((wanted.from() - wanted.interval()) * 1000);
    }

    private List<String> ids(Wanted wanted, String company) {
        List<Bson> conditions = new ArrayList<>(List.of(Filters.eq("company", company)));
        if (!wanted.queues().isEmpty()) {
            conditions.add(Filters.in("_id", wanted.queues()));
        }
        if (!wanted.hidden()) {
            conditions.add(notHidden);
        }
        return store.list(Filters.and(conditions), "_id").stream()
                .map(queue -> queue.getString("_id"))
                .toList();
    }

    private Map<String, Object> search(Wanted wanted, List<String> ids) {
        Map<String, Object> worst = Map.of(
                "top_hits",
                Map.of(
                        "size",
                        1,
                        "sort",
                        List.of(Queries.sort("average_waiting_time", "desc"), Queries.sort("queue_length", "desc"))));
        Map<String, Object> histogram = Queries.aggregation(
                "date_histogram",
                Map.of("field", "timestamp", "fixed_interval", wanted.interval() + "s", "min_doc_count", 1),
                Map.of(QUEUES, Queries.byTerm("queue", ids.size(), "asc", Map.of(WORST, worst))));
        return Queries.aggregating(Queries.all(range(wanted), Queries.terms("queue", ids)), Map.of(DATES, histogram));
    }

    private Map<String, Object> range(Wanted wanted) {
        Map<String, Object> limits = new LinkedHashMap<>();
        long from = (long) wanted.from() - before;
        if (from > 0) {
            limits.put("gte", from);
        }
        limits.put("lte", (long) wanted.to());
        limits.put("format", "epoch_second");
        return Map.of("range", Map.of("timestamp", limits));
    }

    /** By date (epoch ms) and queue. */
    private static Map<Long, Map<String, QueueSeries.Measured>> measurements(List<Bucket> buckets) {
        Map<Long, Map<String, QueueSeries.Measured>> found = new LinkedHashMap<>();
        for (Bucket date : buckets) {
            Map<String, QueueSeries.Measured> byQueue = new LinkedHashMap<>();
            for (Bucket queue : date.buckets(QUEUES)) {
                queue.sources(WORST).forEach(source -> byQueue.put(queue.key(), QueueSeries.Measured.of(source)));
            }
            found.put(date.number(), byQueue);
        }
        return found;
    }

    private static List<QueueSeries> series(Map<Long, Map<String, QueueSeries.Measured>> measured, long shown) {
        Map<String, QueueSeries> byQueue = new LinkedHashMap<>();
        measured.forEach((date, queues) -> {
            if (date >= shown) {
                queues.forEach((queue, value) ->
                        byQueue.computeIfAbsent(queue, QueueSeries::new).add(date, value));
            }
        });
        return List.copyOf(byQueue.values());
    }
}
