package clearml.apiserver.queues;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    private static final int AT_ONCE = 100;
    private static final int MOST_ATTEMPTS = 10;

    private final QueueStore store;
    private final QueueEntries entries;
    private final UnsettledTasks unsettled;
    private final UnsettledTasksJob repair;
    private final QueueTasks tasks;
    private final QueueMetrics metrics;
    private final LeaseSettings leases;
    private final TaskQueueLock lock;

    /** Queues that had more entries when this server pulled the last one. */
    private final Set<String> filled = ConcurrentHashMap.newKeySet();

    QueueContent(
            QueueStore store,
            QueueEntries entries,
            UnsettledTasks unsettled,
            UnsettledTasksJob repair,
            QueueTasks tasks,
            QueueMetrics metrics,
            LeaseSettings leases,
            TaskQueueLock lock) {
        this.store = store;
        this.entries = entries;
        this.unsettled = unsettled;
        this.repair = repair;
        this.tasks = tasks;
        this.metrics = metrics;
        this.leases = leases;
        this.lock = lock;
    }

    /**
     * What a worker gets.
     *
     * @param taskInfo {@code {"company", "user"}} of a task that still exists
     * @param begun whether another worker runs it, or has since it came into the queue, so that it is not to be handed out
     */
    record Pulled(Document entry, @Nullable Map<String, Object> taskInfo, boolean begun) {}

    /**
     * Takes the first entry out of a queue; nobody else gets it.
     *
     * @param only the task that it must be, null for any
     * @return null when the queue is empty, or another task is the first
     */
    @Nullable
    Pulled pull(String queue, @Nullable String only, Caller caller) {
        Pulled pulled = pullAny(queue, only, caller);
        while (pulled != null && pulled.begun()) {
            LOG.warn(
                    "Task {} was still in queue {}, though it was started",
                    pulled.entry().get("task"),
                    queue);
            pulled = pullAny(queue, only, caller);
        }
        return pulled;
    }

    private @Nullable Pulled pullAny(String queue, @Nullable String only, Caller caller) {
        Document entry = filled.contains(queue) ? pop(queue, only, caller) : null;
        // Workers poll empty queues most of the time: that must not be a write.
        if (entry == null && hasEntries(queue, caller.company())) {
            entry = pop(queue, only, caller);
        }
        if (entry == null) {
            return null;
        }
        metrics.changed(queue, caller.company(), entry);
        QueueTasks.Pulled task = pulledTask(entry);
        return task == null ? new Pulled(entry, null, false) : new Pulled(entry, task.info(), task.begun());
    }

    private boolean hasEntries(String queue, String company) {
        Document seen = store.withFirstEntry(QueueStore.own(queue, company));
        if (seen == null) {
            throw QueueStore.unknown(queue, company);
        }
        if (QueueStore.entries(seen).isEmpty()) {
            metrics.polled(queue, company);
            return false;
        }
        return true;
    }

    private @Nullable Document pop(String queue, @Nullable String only, Caller caller) {
        Bson own = QueueStore.own(queue, caller.company());
        Document by = leases.enabled() ? QueueEntries.worker(caller) : null;
        List<Document> first = store.pop(only == null ? own : Filters.and(own, Filters.eq("entries.0.task", only)), by);
        if (first.size() > 1) {
            filled.add(queue);
        } else {
            filled.remove(queue);
        }
        return first.isEmpty() ? null : first.get(0);
    }

    /** The entry is out of the queue by now, so whatever fails here must not keep it from the worker. */
    private QueueTasks.@Nullable Pulled pulledTask(Document entry) {
        try {
            return tasks.pulled(
                    String.valueOf(entry.get("task")), entry.get("added") instanceof Date date ? date : null);
        } catch (RuntimeException e) {
            LOG.warn("Task {} was pulled from its queue, but could not be read", entry.get("task"), e);
            return null;
        }
    }

    /** Appends a task, whatever its status; 400/701, 400/706. */
    void add(String queue, String task, boolean updateQueue, String company) {
        lock.holding(task, () -> {
            Unsettled coming = entries.announce(new Unsettled(task, queue, company, new Date(), updateQueue));
            if (updateQueue) {
                tasks.setQueue(task, queue);
            }
            return entries.enter(coming);
        });
    }

    /** Removes a task from a queue; its status is changed only if wanted. The number of removed entries; 400/703. */
    int remove(String queue, String task, boolean updateStatus, Caller caller) {
        return lock.holding(
                task,
                () -> updateStatus
                        ? removeAndTakeBack(queue, task, caller)
                        : entries.remove(task, queue, caller.company()));
    }

    private int removeAndTakeBack(String queue, String task, Caller caller) {
        List<Unsettled> taken = entries.takeOut(task, queue, caller.company());
        if (taken.isEmpty()) {
            throw QueueEntries.notQueued(task, queue);
        }
        takeBack(taken, "Task was removed from the queue " + queue, caller);
        return taken.size();
    }

    /** Empties a queue: the tasks that are drafts again; 400/701. */
    List<String> clear(String queue, Caller caller) {
        List<Unsettled> taken = unsettled.takeAll(queue, caller.company());
        if (taken == null) {
            throw ApiError.INVALID_QUEUE_ID.with("queue", queue);
        }
        if (taken.isEmpty()) {
            return List.of();
        }
        metrics.changed(queue, caller.company(), null);
        return takeBack(taken, "Queue " + queue + " was cleared", caller);
    }

    /** Deletes a queue; with tasks in it only by force (400/702), and they are drafts again. 400/701. */
    void delete(String queue, boolean force, Caller caller) {
        Bson own = QueueStore.own(queue, caller.company());
        for (int attempt = 0; !store.delete(Filters.and(own, QueueStore.EMPTY)); attempt++) {
            Document full = store.own(queue, caller.company(), "company", UnsettledTasks.UNSETTLED);
            if (!force || attempt == MOST_ATTEMPTS) {
                throw ApiError.QUEUE_NOT_EMPTY.of("use force=true to delete").with("id", queue);
            }
            UnsettledTasks.of(full).forEach(repair::settle);
            List<Unsettled> taken = unsettled.takeAll(queue, caller.company());
            takeBack(taken == null ? List.of() : taken, "Queue " + queue + " was deleted", caller);
        }
    }

    /** The ids of those whose status has changed. What could not be changed is not settled, and comes into the queue again. */
    private List<String> takeBack(List<Unsettled> taken, String reason, Caller caller) {
        Set<String> changed = new LinkedHashSet<>();
        for (int from = 0; from < taken.size(); from += AT_ONCE) {
            List<Unsettled> settled = new ArrayList<>();
            for (Unsettled task : taken.subList(from, Math.min(taken.size(), from + AT_ONCE))) {
                try {
                    if (lock.holding(task.task(), () -> takeBack(task, reason, caller))) {
                        changed.add(task.task());
                    }
                    settled.add(task);
                } catch (RuntimeException e) {
                    LOG.warn("The status of task {} in queue {} could not be changed", task.task(), task.queue(), e);
                }
            }
            unsettled.settled(settled);
        }
        return List.copyOf(changed);
    }

    /** Who was faster and has put it into the queue again, has it there; the repair only has put it where it was. */
    private boolean takeBack(Unsettled task, String reason, Caller caller) {
        Document entry = store.entry(QueueStore.own(task.queue(), task.company()), task.task());
        if (entry != null && !Objects.equals(entry.get("added"), task.added())) {
            return false;
        }
        if (entry != null) {
            entries.takeOut(task.task(), task.queue(), task.company());
        }
        return tasks.takeBack(task.task(), task.queue(), reason, caller);
    }
}
