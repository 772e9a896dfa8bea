package clearml.apiserver.tasks;

import clearml.apiserver.projects.ProjectReferences;
import clearml.config.ServerConfig;
import com.mongodb.MongoException;
import com.mongodb.client.model.Filters;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * Stops tasks in progress of which nothing was heard for long. Every replica may do so: each task is stopped on the
 * condition that it is still silent, so only one of them does.
 */
@Component
class Watchdog implements InitializingBean, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final String SETTINGS = "services.tasks.non_responsive_tasks_watchdog.";

    /** Clients know a lost task by this text. */
    private static final String TEXT = "Forced stop (non-responsive)";

    private static final String USER = "__apiserver__";

    private final TaskStore store;
    private final ProjectReferences projects;
    private final boolean enabled;
    private final Duration threshold;
    private final Duration interval;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(run -> {
        Thread thread = new Thread(run, "tasks-watchdog");
        thread.setDaemon(true);
        return thread;
    });

    Watchdog(TaskStore store, ProjectReferences projects, ServerConfig config) {
        this.store = store;
        this.projects = projects;
        this.enabled = config.bool(SETTINGS + "enabled");
        this.threshold = Duration.ofSeconds(config.longInteger(SETTINGS + "threshold_sec"));
        this.interval = Duration.ofSeconds(config.longInteger(SETTINGS + "watch_interval_sec"));
    }

    @Override
    public void afterPropertiesSet() {
        if (enabled) {
            var unused = timer.scheduleWithFixedDelay(
                    this::watch, interval.toSeconds(), interval.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private void watch() {
        try {
            long stopped = stopSilent(Instant.now());
            if (stopped > 0) {
                LOG.info("Stopped {} tasks that were silent for {} s", stopped, threshold.toSeconds());
            }
        } catch (MongoException e) {
            LOG.warn("Silent tasks could not be stopped, trying again later: {}", e.getMessage());
        }
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

    @Override
    public void destroy() {
        timer.shutdownNow();
    }
}
