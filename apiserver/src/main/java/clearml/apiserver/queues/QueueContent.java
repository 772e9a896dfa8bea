package clearml.apiserver.queues;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes tasks out of queues: one by one for workers, one that is named, or all of them. */
@Component
class QueueContent {

    private static final Logger LOG = LoggerFactory.getLogger(QueueContent.class);

    private final QueueStore store;
    private final QueueEntries entries;
    private final QueueTasks tasks;
    private final QueueMetrics metrics;
    private final LeaseSettings leases;
    private final TaskQueueLock lock;

    QueueContent(
            QueueStore store,
            QueueEntries entries,
            QueueTasks tasks,
            QueueMetrics metrics,
            LeaseSettings leases,
            TaskQueueLock lock) {
        this.store = store;
        this.entries = entries;
        this.tasks = tasks;
        this.metrics = metrics;
        this.leases = leases;
        this.lock = lock;
    }

    /**
     * What a worker gets.
     *
     * @param taskInfo {@code {"company", "user"}} of a task that still exists
     * @param running whether another worker runs it, so that it is not to be handed out
     */
    record Pulled(Document entry, @Nullable Map<String, Object> taskInfo, boolean running) {}

    /**
     * Takes the first entry out of a queue; nobody else gets it.
     *
     * @param only the task that it must be, null for any
     * @return null when the queue is empty, or another task is the first
     */
    @Nullable
    Pulled pull(String queue, @Nullable String only, Caller caller) {
        Pulled pulled = pullAny(queue, only, caller);
        while (pulled != null && pulled.running()) {
            LOG.warn(
                    "Task {} was in queue {} while it is running",
                    pulled.entry().get("task"),
                    queue);
            pulled = pullAny(queue, only, caller);
        }
        return pulled;
    }

    private @Nullable Pulled pullAny(String queue, @Nullable String only, Caller caller) {
        String company = caller.company();
        // Workers poll empty queues most of the time: that must not be a write.
        Document seen = store.withFirstEntry(QueueStore.own(queue, company));
        if (seen == null) {
            throw QueueStore.unknown(queue, company);
        }
        if (QueueStore.entries(seen).isEmpty()) {
            metrics.polled(queue, company);
            return null;
        }
        Bson own = QueueStore.own(queue, company);
        Document by = leases.enabled() ? by(caller) : null;
        Document entry = store.pop(only == null ? own : Filters.and(own, Filters.eq("entries.0.task", only)), by);
        if (entry == null) {
            return null;
        }
        metrics.changed(queue, company, entry);
        QueueTasks.Pulled task = pulledTask(entry);
        return task == null ? new Pulled(entry, null, false) : new Pulled(entry, task.info(), task.running());
    }

    private static Document by(Caller caller) {
        return new Document("worker", caller.worker())
                .append("user", caller.user())
                .append("ip", caller.realIp());
    }

    /** The entry is out of the queue by now, so whatever fails here must not keep it from the worker. */
    private QueueTasks.@Nullable Pulled pulledTask(Document entry) {
        try {
            return tasks.pulled(String.valueOf(entry.get("task")));
        } catch (RuntimeException e) {
            LOG.warn("Task {} was pulled from its queue, but could not be read", entry.get("task"), e);
            return null;
        }
    }

    /** Appends a task, whatever its status; 400/701, 400/706. */
    void add(String queue, String task, boolean updateQueue, String company) {
        lock.holding(task, () -> {
            entries.add(task, queue, company);
            if (updateQueue) {
                tasks.setQueue(task, queue);
            }
            return true;
        });
    }

    /** Removes a task from a queue; its status is changed only if wanted. The number of removed entries; 400/703. */
    int remove(String queue, String task, boolean updateStatus, Caller caller) {
        return lock.holding(task, () -> {
            int removed = entries.remove(task, queue, caller.company());
            if (updateStatus) {
                takeBack(List.of(task), queue, "Task was removed from the queue " + queue, caller);
            }
            return removed;
        });
    }

    /** Empties a queue: the tasks that are drafts again; 400/701. */
    List<String> clear(String queue, Caller caller) {
        Document before = store.empty(QueueStore.own(queue, caller.company()));
        if (before == null) {
            throw ApiError.INVALID_QUEUE_ID.with("queue", queue);
        }
        Set<String> ids = taskIds(before);
        if (ids.isEmpty()) {
            return List.of();
        }
        metrics.changed(queue, caller.company(), null);
        return takeBack(ids, queue, "Queue " + queue + " was cleared", caller);
    }

    /** Deletes a queue; with tasks in it only by force (400/702), and they are drafts again. 400/701. */
    void delete(String queue, boolean force, Caller caller) {
        Bson own = QueueStore.own(queue, caller.company());
        Document deleted = store.delete(force ? own : Filters.and(own, QueueStore.EMPTY));
        if (deleted == null) {
            store.own(queue, caller.company(), "_id");
            throw ApiError.QUEUE_NOT_EMPTY.of("use force=true to delete").with("id", queue);
        }
        Set<String> ids = taskIds(deleted);
        ids.addAll(EnteringTasks.of(deleted));
        takeBack(ids, queue, "Queue " + queue + " was deleted", caller);
    }

    private static Set<String> taskIds(Document queue) {
        Set<String> ids = new LinkedHashSet<>();
        QueueStore.entries(queue).forEach(entry -> ids.add(String.valueOf(entry.get("task"))));
        return ids;
    }

    private List<String> takeBack(Iterable<String> ids, String queue, String reason, Caller caller) {
        List<String> changed = new ArrayList<>();
        for (String id : ids) {
            try {
                if (lock.holding(id, () -> takeBack(id, queue, reason, caller))) {
                    changed.add(id);
                }
            } catch (RuntimeException e) {
                LOG.warn("Task {} has left queue {}, but its status could not be changed", id, queue, e);
            }
        }
        return changed;
    }

    /** Who was faster and has put it into the queue again, has it there. */
    private boolean takeBack(String id, String queue, String reason, Caller caller) {
        return !entries.isIn(id, queue, caller.company()) && tasks.takeBack(id, queue, reason, caller);
    }
}
