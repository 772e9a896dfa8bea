package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.Batch;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Putting tasks into queues and taking them out. */
@ApiController
class QueueApi {

    private final Enqueueing enqueueing;
    private final Dequeueing dequeueing;

    QueueApi(Enqueueing enqueueing, Dequeueing dequeueing) {
        this.enqueueing = enqueueing;
        this.dequeueing = dequeueing;
    }

    record Enqueue(
            @Field(required = true) String task,
            @Nullable String queue,
            @Nullable String queueName,
            @Nullable String statusReason,
            @Nullable String statusMessage,
            boolean force,
            boolean verifyWatchedQueue,
            @Field(or = "true") boolean updateExecutionQueue) {}

    record EnqueueMany(
            @Field(required = true, minItems = 1) List<String> ids,
            @Nullable String queue,
            @Nullable String queueName,
            @Nullable String statusReason,
            @Nullable String statusMessage,
            boolean validateTasks,
            boolean verifyWatchedQueue) {}

    record Dequeue(
            @Field(required = true) String task,
            @Nullable String statusReason,
            @Nullable String statusMessage,
            boolean removeFromAllQueues,
            @Nullable String newStatus) {}

    record DequeueMany(
            @Field(required = true, minItems = 1) List<String> ids,
            @Nullable String statusReason,
            @Nullable String statusMessage,
            boolean removeFromAllQueues,
            @Nullable String newStatus) {}

    /**
     * Puts a task at the end of a queue: {@code {"queued": 1, "updated": 1, "fields": {...}, "queue_watched"?}}. 400/110
     * for its status, 400/701 for the queue, 400/706 when it is in there.
     */
    @ApiCall("tasks.enqueue")
    Map<String, Object> enqueue(Enqueue request, Caller caller) {
        Enqueueing.Queued queued = enqueueing.enqueue(request.task(), Enqueueing.Order.of(request), caller);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("queued", 1);
        answer.putAll(queued.updated().members());
        if (request.verifyWatchedQueue()) {
            answer.put("queue_watched", enqueueing.isWatched(queued.queue(), caller));
        }
        return answer;
    }

    /** The same for many tasks, in the order given. */
    @ApiCall("tasks.enqueue_many")
    Map<String, Object> enqueueMany(EnqueueMany request, Caller caller) {
        return enqueueing.enqueueAll(request, caller);
    }

    /** Takes a task out of its queue: {@code {"dequeued": 1, "updated": 0 or 1, "fields": {...}}}. */
    @ApiCall("tasks.dequeue")
    Map<String, Object> dequeue(Dequeue request, Caller caller) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("dequeued", 1);
        answer.putAll(dequeueing.dequeue(request, caller).members());
        return answer;
    }

    /** The same for many tasks. */
    @ApiCall("tasks.dequeue_many")
    Batch dequeueMany(DequeueMany request, Caller caller) {
        return Batch.of(request.ids(), id -> {
            Dequeue one = new Dequeue(
                    id,
                    request.statusReason(),
                    request.statusMessage(),
                    request.removeFromAllQueues(),
                    request.newStatus());
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("dequeued", true);
            item.putAll(dequeueing.dequeue(one, caller).members());
            return item;
        });
    }
}
