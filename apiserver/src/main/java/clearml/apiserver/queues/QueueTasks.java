package clearml.apiserver.queues;

import clearml.apiserver.call.Caller;
import java.util.Map;
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
     * Notes that a worker pulled a task: one that was stopped after it had been enqueued counts as queued again.
     *
     * @return {@code {"company", "user"}} of the task; null when it is gone
     */
    @Nullable
    Map<String, Object> pulled(String task);
}
