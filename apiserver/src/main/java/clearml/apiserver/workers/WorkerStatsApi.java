package clearml.apiserver.workers;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import clearml.config.ServerConfig;
import java.util.List;
import java.util.Map;

/** How busy workers were. Times are in epoch s in requests, in epoch ms in answers. */
@ApiController
class WorkerStatsApi {

    private final WorkerStatistics statistics;
    private final int shortestInterval;

    WorkerStatsApi(WorkerStatistics statistics, ServerConfig config) {
        this.statistics = statistics;
        this.shortestInterval = config.integer("services.workers.min_chart_interval_sec");
    }

    record GetMetricKeys(List<String> workerIds) {}

    record GetStats(
            List<String> workerIds,
            @Field(required = true) double fromDate,
            @Field(required = true) double toDate,
            @Field(required = true, exact = true) int interval,
            @Field(minItems = 1) List<StatItem> items,
            @Field(exact = true) boolean splitByResource) {}

    record GetActivityReport(
            @Field(required = true) double fromDate,
            @Field(required = true) double toDate,
            @Field(required = true, exact = true) int interval) {}

    /** What was ever reported: {@code {"categories": [{"name", "metric_keys": [...]}]}}; 400/1005 for nothing. */
    @ApiCall(value = "workers.get_metric_keys", since = "2.4")
    Map<String, Object> getMetricKeys(GetMetricKeys request, Caller caller) {
        return Map.of("categories", statistics.metrics(request.workerIds(), caller.company()));
    }

    /**
     * Values over time: {@code {"workers": [{"worker", "metrics": [{"metric", "stats": [{"aggregation", "dates", "values",
     * "resource_series"}]}]}]}}. An interval (s) without reports is 0. 400/16 when the range ends before it begins.
     */
    @ApiCall(value = "workers.get_stats", since = "2.4")
    Map<String, Object> getStats(GetStats request, Caller caller) {
        StatsRange range = range(request.fromDate(), request.toDate(), request.interval());
        return Map.of(
                "workers",
                statistics.charts(
                        request.items(), request.workerIds(), range, request.splitByResource(), caller.company()));
    }

    /** How many workers there were, and had a task: {@code {"total", "active"}}, each {@code {"dates", "counts"}}; 400/16. */
    @ApiCall(value = "workers.get_activity_report", since = "2.4")
    Map<String, Object> getActivityReport(GetActivityReport request, Caller caller) {
        StatsRange range = range(request.fromDate(), request.toDate(), request.interval());
        return statistics.activity(range, caller.company());
    }

    private StatsRange range(double from, double to, int interval) {
        return StatsRange.of(from, to, interval, shortestInterval);
    }
}
