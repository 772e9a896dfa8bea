package clearml.apiserver.queues;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.call.CallBody;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import com.mongodb.client.model.Filters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Reading queues. */
@ApiController
class QueuesApi {

    private final QueueLists lists;
    private final QueueStore store;
    private final PulledTasks pulledTasks;

    QueuesApi(QueueLists lists, QueueStore store, PulledTasks pulledTasks) {
        this.lists = lists;
        this.pulledTasks = pulledTasks;
        this.store = store;
    }

    record GetById(@Field(required = true) String queue, int maxTaskEntries, boolean pulled) {}

    record ById(@Field(required = true) String queue) {}

    /**
     * One queue with its entries; 400/701. With {@code pulled} also the tasks that workers have got from it and not yet
     * started: {@code [{"task", "added", "pulled", "by": {"worker", "user", "ip"}}]}.
     */
    @ApiCall(value = "queues.get_by_id", since = "2.4")
    Map<String, Object> getById(GetById request, Caller caller, ApiVersion version) {
        Map<String, Object> queue = lists.byId(request.queue(), request.maxTaskEntries(), caller.company(), version);
        if (request.pulled()) {
            queue.put("pulled", pulled(QueueStore.own(request.queue(), caller.company())));
        }
        return Map.of("queue", queue);
    }

    private List<Document> pulled(Bson own) {
        return pulledTasks.of(own).stream()
                .map(task -> new Document("task", task.task())
                        .append("added", task.added())
                        .append("pulled", task.pulled())
                        .append("by", task.by()))
                .toList();
    }

    /** A list of queues, references as ids: {@code {"queues": [...], "scroll_id": ...}}. */
    @ApiCall(value = "queues.get_all", since = "2.4")
    Map<String, Object> getAll(CallBody body, Caller caller, ApiVersion version) {
        return lists.list(body.fields(), caller.company(), version).as("queues");
    }

    /** A list of whole queues, with the names of the tasks and with the workers. */
    @ApiCall(value = "queues.get_all_ex", since = "2.4")
    Map<String, Object> getAllEx(CallBody body, Caller caller, ApiVersion version) {
        return lists.withWorkers(body.fields(), caller.company(), version).as("queues");
    }

    /** Id and name of the queue with the system tag {@code default}; 400/707, 400/708. */
    @ApiCall(value = "queues.get_default", since = "2.4")
    Map<String, Object> getDefault(Caller caller) {
        List<Document> found = store.list(
                Filters.and(Filters.eq("company", caller.company()), Filters.eq("system_tags", "default")), "name");
        if (found.isEmpty()) {
            throw ApiError.NO_DEFAULT_QUEUE.of();
        }
        if (found.size() > 1) {
            throw ApiError.MULTIPLE_DEFAULT_QUEUES.with(
                    "queues", found.stream().map(queue -> queue.get("_id")).toList());
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", found.get(0).get("_id"));
        answer.put("name", found.get(0).get("name"));
        return answer;
    }

    /** The task that is the next to be pulled, null when there is none; 400/701. */
    @ApiCall(value = "queues.peek_task", since = "2.15")
    Map<String, @Nullable Object> peekTask(ById request, Caller caller) {
        Document queue = store.withFirstEntry(QueueStore.own(request.queue(), caller.company()));
        if (queue == null) {
            throw QueueStore.unknown(request.queue(), caller.company());
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put(
                "task",
                QueueStore.entries(queue).stream()
                        .findFirst()
                        .map(entry -> entry.get("task"))
                        .orElse(null));
        return answer;
    }

    /** How many tasks wait in the queue; 400/701. */
    @ApiCall(value = "queues.get_num_entries", since = "2.15")
    Map<String, Object> getNumEntries(ById request, Caller caller) {
        Document queue = store.find(
                Filters.and(Filters.eq("_id", request.queue()), Filters.in("company", caller.company(), "")),
                "entries.task");
        if (queue == null) {
            throw ApiError.INVALID_QUEUE_ID.with("queue_id", request.queue());
        }
        return Map.of("num", QueueStore.entries(queue).size());
    }
}
