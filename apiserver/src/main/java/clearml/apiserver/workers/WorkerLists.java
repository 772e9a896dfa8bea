package clearml.apiserver.workers;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Workers with their tasks and queues as they are now. */
@Component
class WorkerLists {

    private final WorkerEntries entries;
    private final WorkerQueues queues;
    private final WorkerTasks tasks;

    WorkerLists(WorkerEntries entries, WorkerQueues queues, WorkerTasks tasks) {
        this.entries = entries;
        this.queues = queues;
        this.tasks = tasks;
    }

    List<Map<String, @Nullable Object>> list(WorkerSelection selection, String company) {
        List<Worker> workers = selection.from(entries, company);
        Map<String, WorkerQueues.Queue> watched =
                queues.byId(ids(workers.stream().flatMap(worker -> worker.queues().stream())), company);
        Map<String, WorkerTasks.Task> known = tasks.byId(ids(taskIds(workers, watched.values())), company);
        return workers.stream().map(worker -> answer(worker, watched, known)).toList();
    }

    int count(WorkerSelection selection, String company) {
        return selection.from(entries, company).size();
    }

    private static Stream<@Nullable String> taskIds(List<Worker> workers, Collection<WorkerQueues.Queue> watched) {
        return Stream.concat(
                workers.stream()
                        .map(worker ->
                                worker.task() == null ? null : worker.task().id()),
                watched.stream().map(WorkerQueues.Queue::nextTask));
    }

    private static Set<String> ids(Stream<@Nullable String> ids) {
        Set<String> distinct = new HashSet<>();
        ids.filter(Objects::nonNull).forEach(distinct::add);
        return distinct;
    }

    private static Map<String, @Nullable Object> answer(
            Worker worker, Map<String, WorkerQueues.Queue> watched, Map<String, WorkerTasks.Task> known) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("id", worker.id());
        answer.put("key", worker.key());
        answer.put("user", worker.user());
        answer.put("company", worker.company());
        putUnlessNull(answer, "ip", worker.ip());
        answer.put("register_time", worker.registerTime());
        answer.put("register_timeout", worker.registerTimeout());
        answer.put("last_activity_time", worker.lastActivityTime());
        putUnlessNull(answer, "last_report_time", worker.lastReportTime());
        answer.put("tags", worker.tags());
        answer.put("system_tags", worker.systemTags());
        if (worker.task() != null) {
            answer.put("task", task(worker.task(), known));
        }
        putUnlessNull(answer, "project", worker.project());
        if (worker.queue() != null && worker.queues().contains(worker.queue())) {
            answer.put("queue", queue(worker.queue(), watched, known));
        }
        answer.put(
                "queues",
                worker.queues().stream()
                        .distinct()
                        .map(id -> queue(id, watched, known))
                        .toList());
        return answer;
    }

    private static Map<String, @Nullable Object> task(Named task, Map<String, WorkerTasks.Task> known) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("id", task.id());
        putUnlessNull(answer, "name", task.name());
        WorkerTasks.Task now = known.get(task.id());
        if (now != null) {
            answer.put("running_time", now.runningTime());
            answer.put("last_iteration", now.lastIteration());
        }
        return answer;
    }

    private static Map<String, @Nullable Object> queue(
            String id, Map<String, WorkerQueues.Queue> watched, Map<String, WorkerTasks.Task> known) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("id", id);
        WorkerQueues.Queue queue = watched.get(id);
        if (queue == null) {
            return answer;
        }
        putUnlessNull(answer, "name", queue.name());
        putUnlessNull(answer, "display_name", queue.displayName());
        answer.put("num_tasks", queue.tasks());
        String next = queue.nextTask();
        if (next != null) {
            WorkerTasks.Task task = known.get(next);
            answer.put("next_task", task == null ? new Named(next, null) : task.task());
        }
        return answer;
    }

    private static void putUnlessNull(Map<String, @Nullable Object> answer, String name, @Nullable Object value) {
        if (value != null) {
            answer.put(name, value);
        }
    }
}
