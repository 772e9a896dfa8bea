package clearml.apiserver.queues;

import clearml.apiserver.call.ApiError;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Moves tasks within queues. The new order is written only if the entries are still those that it was made of, so that no
 * task is lost that is enqueued or pulled meanwhile.
 */
@Component
class QueueMoves {

    private static final int MOST_ATTEMPTS = 100;

    private final QueueStore store;

    QueueMoves(QueueStore store) {
        this.store = store;
    }

    /**
     * Moves a task and answers its new position, 0 being the front.
     *
     * @param target the wanted position by the present one; beyond the ends means at the end
     * @throws clearml.apiserver.call.ApiException 400/703 when the task is not in the queue, 400/705 when it has left
     *     meanwhile
     */
    int move(String queue, String task, String company, IntUnaryOperator target) {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Document found = store.find(QueueStore.own(queue, company), "entries");
            List<Document> entries = found == null ? List.of() : QueueStore.entries(found);
            int from = position(entries, task);
            if (from < 0) {
                throw attempt == 0 ? notQueued(queue, task, company) : lost(queue, task);
            }
            int to = Math.max(0, Math.min(entries.size() - 1, target.applyAsInt(from)));
            if (to == from || write(queue, company, entries, moved(entries, from, to))) {
                return to;
            }
        }
        throw lost(queue, task);
    }

    private boolean write(String queue, String company, List<Document> entries, List<Document> moved) {
        return store.update(
                Filters.and(QueueStore.own(queue, company), Filters.eq("entries", entries)),
                Updates.set("entries", moved));
    }

    private static int position(List<Document> entries, @Nullable String task) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).get("task") instanceof String id && id.equals(task)) {
                return i;
            }
        }
        return -1;
    }

    static List<Document> moved(List<Document> entries, int from, int to) {
        List<Document> moved = new ArrayList<>(entries);
        moved.add(to, moved.remove(from));
        return moved;
    }

    private static RuntimeException notQueued(String queue, String task, String company) {
        return ApiError.INVALID_QUEUE_OR_TASK_NOT_QUEUED
                .with("task", task)
                .with("id", queue)
                .with("company", company);
    }

    private static RuntimeException lost(String queue, String task) {
        return ApiError.FAILED_ADDING_DURING_REPOSITION.with("queue", queue).with("task", task);
    }
}
