package clearml.apiserver.workers;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.Caller;
import clearml.apiserver.store.elastic.StatisticsWriter;
import clearml.apiserver.workers.Worker.Work;
import clearml.apiserver.workers.WorkerEntries.Stored;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes what workers report. Whatever becomes of the rest of a report, the worker has been heard of. */
@Component
class WorkerReports {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerReports.class);
    private static final int MOST_ATTEMPTS = 10;

    private final Registration registration;
    private final WorkerEntries entries;
    private final WorkerTasks tasks;
    private final StatisticsWriter statistics;

    WorkerReports(Registration registration, WorkerEntries entries, WorkerTasks tasks, StatisticsWriter statistics) {
        this.registration = registration;
        this.entries = entries;
        this.tasks = tasks;
        this.statistics = statistics;
    }

    /** 400/1001 for an unknown worker that is not to be registered, 400/101 for an unknown task. */
    void report(WorkersApi.StatusReport report, Caller caller) {
        try {
            Stored entry = registration.registered(report.worker(), caller);
            measure(report, caller);
            reportWork(report, caller, entry);
        } catch (ApiException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("A report of worker {} is lost", report.worker(), e);
            throw ApiError.DATA_ERROR.of("Failed processing worker status report");
        }
    }

    private void measure(WorkersApi.StatusReport report, Caller caller) {
        if (report.machineStats() != null) {
            statistics.add(
                    WorkerStatistics.INDEX,
                    caller.company(),
                    report.machineStats().documents(report.worker(), task(report), report.timestamp()));
        }
    }

    private void reportWork(WorkersApi.StatusReport report, Caller caller, Stored entry) {
        Work work = null;
        try {
            work = work(task(report), report.worker(), caller);
        } finally {
            save(entry, report, work, caller);
        }
    }

    private Work work(@Nullable String task, String worker, Caller caller) {
        if (task == null) {
            return Work.NONE;
        }
        WorkerTasks.Placed placed = tasks.reported(task, worker, caller);
        return new Work(placed.task(), placed.project());
    }

    private static @Nullable String task(WorkersApi.StatusReport report) {
        return emptyToNull(report.task());
    }

    private static @Nullable String emptyToNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** A worker that has been unregistered since the report came is not brought back. */
    private void save(Stored entry, WorkersApi.StatusReport report, @Nullable Work work, Caller caller) {
        Stored current = entry;
        for (int attempt = 0; attempt < MOST_ATTEMPTS && current != null && current.worker() != null; attempt++) {
            Worker.Report told = new Worker.Report(
                    caller.realIp(),
                    emptyToNull(report.queue()),
                    report.queues(),
                    report.tags(),
                    report.systemTags(),
                    work,
                    Instant.now());
            if (entries.replace(current, current.worker().after(told))) {
                return;
            }
            current = entries.find(current.key());
            if ((current == null || current.worker() == null) && entries.wasRemembered(entry)) {
                // It had been gone, or spoilt, before the report came.
                current = registration.registered(report.worker(), caller);
            }
        }
    }
}
