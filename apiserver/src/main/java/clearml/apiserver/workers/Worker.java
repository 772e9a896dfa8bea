package clearml.apiserver.workers;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A registered worker, the way its entry in Redis has it.
 *
 * @param key of the entry
 * @param id chosen by the worker, such as {@code machine:gpu0}; two users may have the same
 * @param task what it runs, null while it is idle
 * @param project the project of that task
 * @param queue the id of the queue that the task came from
 * @param queues the ids of the queues that it takes tasks from
 * @param registerTimeout how long it is known after its last report, in s
 */
public record Worker(
        String key,
        String id,
        Named user,
        Named company,
        @Nullable String ip,
        @Nullable Named task,
        @Nullable Named project,
        @Nullable String queue,
        List<String> queues,
        Instant registerTime,
        int registerTimeout,
        Instant lastActivityTime,
        @Nullable Instant lastReportTime,
        List<String> tags,
        List<String> systemTags) {

    /** What a worker is busy with; nothing when it is idle. */
    record Work(@Nullable Named task, @Nullable Named project) {

        static final Work NONE = new Work(null, null);
    }

    /**
     * What a worker tells about itself.
     *
     * @param queues none where they are as before
     * @param work null where it could not be found out, and is as before
     */
    record Report(
            String ip,
            @Nullable String queue,
            List<String> queues,
            List<String> tags,
            List<String> systemTags,
            @Nullable Work work,
            Instant time) {}

    /** This worker after a report of it. */
    Worker after(Report report) {
        Work work = report.work() == null ? new Work(task, project) : report.work();
        return new Worker(
                key,
                id,
                user,
                company,
                report.ip(),
                work.task(),
                work.project(),
                report.queue(),
                report.queues().isEmpty() ? queues : report.queues(),
                registerTime,
                registerTimeout,
                report.time(),
                report.time(),
                report.tags(),
                report.systemTags());
    }
}
