package clearml.apiserver.tasks;

import clearml.apiserver.jobs.Job;
import clearml.apiserver.jobs.Lease;
import clearml.apiserver.jobs.Schedule;
import clearml.apiserver.projects.ProjectReferences;
import clearml.config.ServerConfig;
import com.mongodb.client.model.Filters;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Stops tasks in progress of which nothing was heard for long: no event, ping, report of a worker or edit. Each is stopped
 * on the condition that it is still silent.
 */
@Component
class Watchdog implements Job {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final String SETTINGS = "services.tasks.non_responsive_tasks_watchdog.";

    /** Clients know a lost task by this text. */
    private static final String TEXT = "Forced stop (non-responsive)";

    private static final String USER = "__apiserver__";

    private final TaskStore store;
    private final ProjectReferences projects;
    private final Duration threshold;
    private final Schedule schedule;

    Watchdog(TaskStore store, ProjectReferences projects, ServerConfig config) {
        this.store = store;
        this.projects = projects;
        this.threshold = Duration.ofSeconds(config.longInteger(SETTINGS + "threshold_sec"));
        this.schedule = Schedule.every(
                Duration.ofSeconds(config.longInteger(SETTINGS + "watch_interval_sec")),
                config.bool(SETTINGS + "enabled"));
    }

    @Override
    public String name() {
        return "tasks-watchdog";
    }

    @Override
    public Schedule schedule() {
        return schedule;
    }

    @Override
    public long run(Lease lease) {
        long stopped = stopSilent(Instant.now());
        if (stopped > 0) {
            LOG.info("Stopped {} tasks that were silent for {} s", stopped, threshold.toSeconds());
        }
        return stopped;
    }

    /** How many tasks, of any company, were stopped. */
    long stopSilent(Instant now) {
        Date limit = Date.from(now.minus(threshold));
        Bson silent =
                Filters.and(Filters.eq("status", TaskStatus.IN_PROGRESS.text()), Filters.lt("last_update", limit));
        StatusChange change = StatusChange.to(TaskStatus.STOPPED, USER).because(TEXT, TEXT);
        Set<Object> concerned = new HashSet<>();
        long stopped = 0;
        for (Document task : store.list(silent, "project")) {
            if (store.update(Filters.and(Filters.eq("_id", TaskStore.id(task)), silent), change.changes()) > 0) {
                stopped++;
                if (task.get("project") != null) {
                    concerned.add(task.get("project"));
                }
            }
        }
        projects.touch(concerned);
        return stopped;
    }
}
