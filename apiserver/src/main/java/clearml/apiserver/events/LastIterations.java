package clearml.apiserver.events;

import clearml.apiserver.store.elastic.Queries;
import clearml.apiserver.store.elastic.SearchAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The last iterations of tasks, or of each of their metrics, as a condition on events. */
@Component
class LastIterations {

    private static final String TASKS = "tasks";
    private static final String METRICS = "metrics";
    private static final String ITERATIONS = "iterations";

    private final EventSearch search;

    LastIterations(EventSearch search) {
        this.search = search;
    }

    /** Nothing when there are no events with an iteration. The scope must be prepared. */
    Optional<Map<String, Object>> condition(
            EventScope scope, int count, boolean perMetric, List<MetricVariants> metrics) {
        Map<String, Object> iterations = Map.of(ITERATIONS, Queries.byTerm("iter", count, "desc", Map.of()));
        Map<String, Object> below =
                perMetric ? Map.of(METRICS, Queries.byTerm("metric", SeriesSearch.ALL, "asc", iterations)) : iterations;
        List<Map<String, Object>> conditions = new ArrayList<>();
        for (SearchAnswer.Bucket task :
                SeriesSearch.inHalves(scope.tasks(), some -> byTask(scope, some, metrics, below))) {
            byIteration(task, perMetric)
                    .forEach((iteration, names) -> conditions.add(condition(task.key(), iteration, names)));
        }
        return conditions.isEmpty() ? Optional.empty() : Optional.of(Queries.any(conditions));
    }

    private List<SearchAnswer.Bucket> byTask(
            EventScope scope, List<String> tasks, List<MetricVariants> metrics, Map<String, Object> below) {
        EventQuery query = EventQuery.ofTasks(tasks).metrics(metrics);
        Map<String, Object> byTask = Map.of(TASKS, Queries.byTerm("task", tasks.size(), "asc", below));
        return search.again(scope, Queries.aggregating(query.query(), byTask)).buckets(TASKS);
    }

    /** The metrics whose last iterations one is; null for all. */
    private static Map<Long, @Nullable List<String>> byIteration(SearchAnswer.Bucket task, boolean perMetric) {
        Map<Long, @Nullable List<String>> metrics = new LinkedHashMap<>();
        if (!perMetric) {
            task.buckets(ITERATIONS).forEach(iteration -> metrics.put(iteration.number(), null));
            return metrics;
        }
        for (SearchAnswer.Bucket metric : task.buckets(METRICS)) {
            for (SearchAnswer.Bucket iteration : metric.buckets(ITERATIONS)) {
                List<String> names = metrics.get(iteration.number());
                if (names == null) {
                    names = new ArrayList<>();
                    metrics.put(iteration.number(), names);
                }
                names.add(metric.key());
            }
        }
        return metrics;
    }

    private static Map<String, Object> condition(String task, long iteration, @Nullable List<String> metrics) {
        List<Map<String, Object>> all = new ArrayList<>();
        all.add(Queries.term("task", task));
        all.add(Queries.term("iter", iteration));
        if (metrics != null) {
            all.add(Queries.terms("metric", metrics));
        }
        return Queries.all(all);
    }
}
