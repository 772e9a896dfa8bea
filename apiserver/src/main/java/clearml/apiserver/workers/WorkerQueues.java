package clearml.apiserver.workers;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What workers need of queues; {@code queues} provides it, as queues know of workers and not the other way round. */
public interface WorkerQueues {

    /**
     * A queue as those see it who look at workers.
     *
     * @param tasks how many wait in it
     * @param nextTask the id of the first of them; null when there is none
     */
    record Queue(
            String id,
            @Nullable String name,
            @Nullable String displayName,
            int tasks,
            @Nullable String nextTask) {}

    /** Those of the queues that exist in the company, by id. */
    Map<String, Queue> byId(Collection<String> ids, String company);

    /** Notes what tasks of these queues may use. */
    void setResources(Collection<String> ids, Map<String, Double> resources, String company);
}
