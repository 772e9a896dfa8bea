package clearml.apiserver.tasks;

import clearml.apiserver.call.Caller;
import clearml.apiserver.projects.ProjectReferences;
import clearml.apiserver.workers.Named;
import clearml.apiserver.workers.WorkerTasks;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What workers need of tasks. */
@Component
class TasksOfWorkers implements WorkerTasks {

    private static final long MS = 1000;

    /** What workers show of projects is as old as their last report anyway, and they report every 30 s. */
    private static final Duration NAMES_KEPT = Duration.ofSeconds(10);

    private static final int MOST_NAMES = 10_000;

    private final TaskStore store;
    private final ProjectReferences projects;
    private final Cache<String, Optional<String>> projectNames = Caffeine.newBuilder()
            .expireAfterWrite(NAMES_KEPT)
            .maximumSize(MOST_NAMES)
            .build();

    TasksOfWorkers(TaskStore store, ProjectReferences projects) {
        this.store = store;
        this.projects = projects;
    }

    @Override
    public Placed reported(String id, String worker, Caller caller) {
        Date now = new Date();
        Document task = store.updateAndGet(
                Filters.and(Filters.eq("_id", id), Filters.eq("company", caller.company())),
                Updates.combine(
                        Updates.set("last_worker", worker),
                        Updates.set("last_worker_report", now),
                        Updates.set("last_update", now),
                        Updates.set("last_change", now),
                        Updates.set("last_changed_by", caller.user())),
                "name",
                "project");
        if (task == null) {
            throw TaskStore.unknown(id, caller.company());
        }
        return new Placed(named(task), project(task.getString("project")));
    }

    private @Nullable Named project(@Nullable String id) {
        return id == null || id.isEmpty()
                ? null
                : new Named(id, projectNames.get(id, projects::nameOf).orElse(null));
    }

    @Override
    public Map<String, Task> byId(Collection<String> ids, String company) {
        Map<String, Task> found = new HashMap<>();
        if (!ids.isEmpty()) {
            store.list(
                            Filters.and(Filters.in("_id", ids), Filters.eq("company", company)),
                            "name",
                            "active_duration",
                            "last_iteration")
                    .forEach(task -> found.put(
                            TaskStore.id(task), new Task(named(task), number(task, "active_duration") * MS, (int)
                                    number(task, "last_iteration"))));
        }
        return found;
    }

    private static Named named(Document task) {
        return new Named(TaskStore.id(task), task.getString("name"));
    }

    private static long number(Document task, String member) {
        return task.get(member) instanceof Number number ? number.longValue() : 0;
    }
}
