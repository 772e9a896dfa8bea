package clearml.apiserver.projects;

import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sums over tasks. */
final class TaskFigures {

    private static final String UNKNOWN = "unknown";
    private static final List<String> STATUSES = List.of(
            "created",
            "queued",
            "in_progress",
            "stopped",
            "publishing",
            "published",
            "closed",
            "failed",
            "completed",
            UNKNOWN);

    private final Map<String, Long> byStatus = new LinkedHashMap<>();
    private Number runtime = 0L;
    private long completedInDay;
    private @Nullable Date lastRun;

    TaskFigures() {
        STATUSES.forEach(status -> byStatus.put(status, 0L));
    }

    /**
     * Adds some tasks of one status.
     *
     * @param runtimeSeconds the sum of theirs; floating point as soon as one of them ran, and answered so
     * @param recent how many of them were completed in the last 24 hours
     * @param started when the last of them was started
     */
    void add(@Nullable String status, long count, Number runtimeSeconds, long recent, @Nullable Date started) {
        byStatus.merge(status != null && byStatus.containsKey(status) ? status : UNKNOWN, count, Long::sum);
        runtime = sum(runtime, runtimeSeconds);
        completedInDay += recent;
        if (started != null && (lastRun == null || started.after(lastRun))) {
            lastRun = started;
        }
    }

    void add(TaskFigures other) {
        other.byStatus.forEach((status, count) -> byStatus.merge(status, count, Long::sum));
        add(UNKNOWN, 0, other.runtime, other.completedInDay, other.lastRun);
    }

    long total() {
        return byStatus.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Number sum(Number one, Number other) {
        if (one instanceof Double || other instanceof Double) {
            return one.doubleValue() + other.doubleValue();
        }
        return one.longValue() + other.longValue();
    }

    Map<String, @Nullable Object> answer() {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("status_count", byStatus);
        answer.put("total_tasks", total());
        answer.put("total_runtime", runtime);
        answer.put("completed_tasks_24h", completedInDay);
        answer.put("last_task_run", lastRun);
        return answer;
    }
}
