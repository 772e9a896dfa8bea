package clearml.apiserver.queues;

import clearml.apiserver.store.redis.StoreLocks;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * One change at a time of where a task is queued: its status is one document, the entries of queues are others, and two
 * who put it into different queues at once would each take the other's entry away.
 */
@Component
public class TaskQueueLock {

    private final StoreLocks locks;

    TaskQueueLock(StoreLocks locks) {
        this.locks = locks;
    }

    public <T> T holding(String task, Supplier<T> change) {
        return locks.holding("task_queue_" + task, change);
    }
}
