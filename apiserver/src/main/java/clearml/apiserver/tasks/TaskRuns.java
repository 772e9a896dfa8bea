package clearml.apiserver.tasks;

import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** When tasks have run, for those who sum it up. */
@Component
public class TaskRuns {

    private static final Bson FIELDS = Projections.include(
            "project", "user", "execution.queue", "status", "started", "completed", "status_changed");

    private final MongoCollection<Document> tasks;

    TaskRuns(MongoStores stores) {
        tasks = stores.backend("task");
    }

    /**
     * @param queue null for a task that was not enqueued
     * @param end null for a task that still runs
     */
    public record Run(
            String project,
            @Nullable String user,
            @Nullable String queue,
            Date start,
            @Nullable Date end) {

        private static Run of(Document task) {
            Document execution = task.get("execution", Document.class);
            Date end = task.getDate("completed");
            if (end == null && !"in_progress".equals(task.getString("status"))) {
                end = task.getDate("status_changed");
            }
            return new Run(
                    task.getString("project"),
                    task.getString("user"),
                    execution == null ? null : execution.getString("queue"),
                    task.getDate("started"),
                    end);
        }
    }

    /**
     * Which runs.
     *
     * @param projects ids
     * @param from runs that ended before are not wanted
     * @param to nor those that began then or later
     * @param queuedOnly no tasks that were not enqueued
     * @param ofApplications also tasks that belong to applications
     */
    public record Query(
            String company,
            Collection<String> projects,
            Date from,
            Date to,
            boolean queuedOnly,
            boolean ofApplications,
            List<String> excludedSystemTags,
            List<String> excludedTypes) {

        private Bson condition() {
            List<Bson> all = new ArrayList<>(List.of(
                    Filters.in("company", company, ""),
                    Filters.in("project", projects),
                    Filters.lt("started", to),
                    Filters.or(
                            Filters.eq("status", "in_progress"),
                            Filters.gt("completed", from),
                            Filters.and(Filters.eq("completed", null), Filters.gt("status_changed", from))),
                    Filters.nin("system_tags", excludedSystemTags),
                    Filters.nin("type", excludedTypes)));
            if (queuedOnly) {
                all.add(Filters.nin("execution.queue", null, ""));
            }
            if (!ofApplications) {
                all.add(Filters.eq("application", null));
            }
            return Filters.and(all);
        }
    }

    public void forEach(Query query, Consumer<Run> action) {
        tasks.find(query.condition()).projection(FIELDS).map(Run::of).forEach(action);
    }
}
