package clearml.apiserver.queues;

import clearml.apiserver.workers.Worker;
import clearml.apiserver.workers.WorkerEntries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The registered workers of a company by the queues that they take tasks from. */
@Component
public class QueueWorkers {

    private final WorkerEntries workers;

    QueueWorkers(WorkerEntries workers) {
        this.workers = workers;
    }

    /** Whether any worker of the company takes tasks from the queue. */
    public boolean isWatched(String queue, String company) {
        return workers.of(company).stream().anyMatch(worker -> worker.queues().contains(queue));
    }

    /** Whether any worker of the company says that it runs the task. */
    boolean isBusyWith(String task, String company) {
        return workers.of(company).stream().map(Worker::task).anyMatch(busy -> busy != null && task.equals(busy.id()));
    }

    /** {@code {"name", "ip", "key", "task"}} of each worker, by queue id. */
    Map<String, List<Map<String, @Nullable Object>>> byQueue(String company) {
        Map<String, List<Map<String, @Nullable Object>>> byQueue = new HashMap<>();
        for (Worker worker : workers.of(company)) {
            Map<String, @Nullable Object> answer = answer(worker);
            worker.queues().stream()
                    .distinct()
                    .forEach(queue -> byQueue.computeIfAbsent(queue, id -> new ArrayList<>())
                            .add(answer));
        }
        return byQueue;
    }

    private static Map<String, @Nullable Object> answer(Worker worker) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("name", worker.id());
        answer.put("ip", worker.ip());
        answer.put("key", worker.key());
        answer.put("task", worker.task());
        return answer;
    }
}
