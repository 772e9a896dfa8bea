package clearml.apiserver.workers;

import clearml.apiserver.call.Caller;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What workers need of tasks; {@code tasks} provides it, as tasks know of workers and not the other way round. */
public interface WorkerTasks {

    /**
     * A task as those see it who look at workers.
     *
     * @param runningTime how long it ran, in ms
     */
    record Task(Named task, long runningTime, int lastIteration) {}

    /** A task and the project that it is in, null for none. */
    record Placed(Named task, @Nullable Named project) {}

    /** Notes that a worker is at work on a task, whatever its status; 400/101. */
    Placed reported(String task, String worker, Caller caller);

    /** Those of the tasks that exist in the company, by id. */
    Map<String, Task> byId(Collection<String> ids, String company);
}
