package clearml.apiserver.queues;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Tasks in queues: in, out, forward and back. */
@ApiController
class QueueEntriesApi {

    private final QueueContent content;
    private final QueueMoves moves;
    private final QueueWaiting waiting;

    QueueEntriesApi(QueueContent content, QueueMoves moves, QueueWaiting waiting) {
        this.content = content;
        this.moves = moves;
        this.waiting = waiting;
    }

    record AddTask(
            @Field(required = true) String queue,
            @Field(required = true) String task,
            @Field(or = "true") boolean updateExecutionQueue) {}

    record GetNextTask(
            @Field(required = true) String queue,
            boolean getTaskInfo,
            @Nullable String task,
            @Nullable Long waitMs) {}

    record RemoveTask(
            @Field(required = true) String queue,
            @Field(required = true) String task,
            boolean updateTaskStatus) {}

    record ClearQueue(@Field(required = true) String queue) {}

    record MoveTo(
            @Field(required = true) String queue,
            @Field(required = true) String task) {}

    record MoveBy(
            @Field(required = true) String queue,
            @Field(required = true) String task,
            @Nullable Integer count) {

        int steps() {
            return count == null ? 1 : count;
        }
    }

    /**
     * Appends a task, whatever its status and without changing it: {@code {"added": 1}}; 400/701, 400/706 when it is in
     * the queue.
     */
    @ApiCall(value = "queues.add_task", since = "2.4")
    Map<String, Object> addTask(AddTask request, Caller caller) {
        content.add(request.queue(), request.task(), request.updateExecutionQueue(), caller.company());
        return Map.of("added", 1);
    }

    /**
     * Takes the first task out of a queue: {@code {"entry": {"task", "added"}, "task_info": {"company", "user"}}}, empty
     * when there is none. No two callers get the same entry. The task stays {@code queued} until its worker starts it; if
     * that does not happen, it comes back. With {@code wait_ms} an empty queue is answered when a task arrives or the time
     * is over.
     */
    @ApiCall("queues.get_next_task")
    Map<String, Object> getNextTask(GetNextTask request, Caller caller) {
        long ms = request.waitMs() == null ? 0 : request.waitMs();
        QueueContent.Pulled pulled =
                waiting.await(request.queue(), ms, () -> content.pull(request.queue(), request.task(), caller));
        Map<String, Object> answer = new LinkedHashMap<>();
        if (pulled != null) {
            answer.put("entry", pulled.entry());
            if (request.getTaskInfo() && pulled.taskInfo() != null) {
                answer.put("task_info", pulled.taskInfo());
            }
        }
        return answer;
    }

    /** Removes a task: {@code {"removed": n}}; 400/703. */
    @ApiCall(value = "queues.remove_task", since = "2.4")
    Map<String, Object> removeTask(RemoveTask request, Caller caller) {
        return Map.of("removed", content.remove(request.queue(), request.task(), request.updateTaskStatus(), caller));
    }

    /** Removes all tasks: {@code {"removed_tasks": [...]}}, those that are drafts again by that; 400/701. */
    @ApiCall("queues.clear_queue")
    Map<String, Object> clearQueue(ClearQueue request, Caller caller) {
        return Map.of("removed_tasks", content.clear(request.queue(), caller));
    }

    /** Moves a task towards the front: {@code {"position"}}; 400/703. */
    @ApiCall(value = "queues.move_task_forward", since = "2.4")
    Map<String, Object> forward(MoveBy request, Caller caller) {
        return move(request.queue(), request.task(), caller, from -> saturated((long) from - request.steps()));
    }

    /** Moves a task towards the back: {@code {"position"}}; 400/703. */
    @ApiCall(value = "queues.move_task_backward", since = "2.4")
    Map<String, Object> backward(MoveBy request, Caller caller) {
        return move(request.queue(), request.task(), caller, from -> saturated((long) from + request.steps()));
    }

    @ApiCall(value = "queues.move_task_to_front", since = "2.4")
    Map<String, Object> toFront(MoveTo request, Caller caller) {
        return move(request.queue(), request.task(), caller, from -> 0);
    }

    @ApiCall(value = "queues.move_task_to_back", since = "2.4")
    Map<String, Object> toBack(MoveTo request, Caller caller) {
        return move(request.queue(), request.task(), caller, from -> Integer.MAX_VALUE);
    }

    private Map<String, Object> move(String queue, String task, Caller caller, IntUnaryOperator target) {
        return Map.of("position", moves.move(queue, task, caller.company(), target));
    }

    private static int saturated(long position) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, position));
    }
}
