package clearml.apiserver.queues;

import clearml.apiserver.call.Caller;
import java.util.Date;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** What queues need of tasks; {@code tasks} provides it, as tasks know of queues and not the other way round. */
public interface QueueTasks {

    /** Notes the queue in a task of any company. */
    void setQueue(String task, String queue);

    /**
     * Takes a task that waits in the queue back to what it was before it was enqueued.
     *
     * @return whether it was the caller's and waited in this queue
     */
    boolean takeBack(String task, String queue, String reason, Caller caller);

    /**
     * A task that a worker is about to get.
     *
     * @param info {@code {"company", "user"}}
     * @param begun whether some worker runs it already, or has since it came into the queue
     */
    record Pulled(Map<String, Object> info, boolean begun) {}

    /**
     * Notes that a worker pulled a task: one that was stopped after it had been enqueued counts as queued again.
     *
     * @param added when it came into the queue, null where that is not known
     * @return null when it is gone
     */
    @Nullable
    Pulled pulled(String task, @Nullable Date added);

    /**
     * A task that waits to be started.
     *
     * @param enqueued when it came into this status
     * @param lastUpdate when something was heard of it
     * @param returns how often it has come back to a queue since then
     * @param queue the one that it names
     */
    record Waiting(
            Date enqueued,
            Date lastUpdate,
            int returns,
            @Nullable String queue) {}

    /** The task as long as its status is {@code queued}, else null. */
    @Nullable
    Waiting waiting(String task);

    /** Notes that it comes back to its queue, as the worker that got it has not started it. */
    void returned(String task, Waiting waiting, Document by);

    /** Notes that a worker has got it and may yet start it, though others may have got it, or get it, as well. */
    void gotten(String task, Document by);

    /** Ends it: it comes back for ever. Whether it still waited. */
    boolean giveUp(String task, String reason);
}
