package clearml.acceptance;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class QueuesTest {

    private final Api api = Api.user();
    private final String name = "acceptance " + UUID.randomUUID();
    private final String queue = create(Map.of("name", name));

    @Test
    void aNewQueueIsEmptyAndHasItsNameTrimmedAndItsTagsSorted() {
        var id = create(Map.of("name", "  " + name + " two ", "tags", List.of("b", "a"), "display_name", "Two"));

        JsonNode made = byId(id);
        assertThat(made.path("name").asString()).isEqualTo(name + " two");
        assertThat(made.path("display_name").asString()).isEqualTo("Two");
        assertThatJson(made.path("tags").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThatJson(made.path("entries").toString()).isEqualTo("[]");
        assertThatJson(made.path("metadata").toString()).isEqualTo("{}");
    }

    @Test
    void aNameIsTakenOnceAndHasThreeCharacters() {
        api.call("queues.create", Map.of("name", name)).fails("400/801");
        api.call("queues.create", Map.of("name", " ab ")).fails("400/800");
        api.call("queues.create", Map.of("name", "\ud83d\ude00b")).fails("400/800");
    }

    @Test
    void nullIsNoChangeAndAnEmptyListIsOne() {
        change("queues.update", "\"tags\":[\"y\",\"x\"]");
        var answer = api.call("queues.update", "{\"queue\":\"" + queue + "\",\"tags\":null,\"name\":null}")
                .ok();

        assertThatJson(answer.data().toString()).isEqualTo("{\"updated\":0,\"fields\":{}}");
        assertThatJson(byId(queue).path("tags").toString()).isEqualTo("[\"x\",\"y\"]");
        change("queues.update", "\"tags\":[]");
        assertThatJson(byId(queue).path("tags").toString()).isEqualTo("[]");
    }

    @Test
    void metadataKeysMayHaveAnyCharacters() {
        change(
                "queues.add_or_update_metadata",
                "\"metadata\":[{\"key\":\"a.b\",\"type\":\"t\",\"value\":\"1\"},{\"key\":\"__$\",\"type\":\"t\",\"value\":\"2\"}]");
        assertThatJson(byId(queue).path("metadata").toString())
                .isEqualTo(
                        "{\"a.b\":{\"key\":\"a.b\",\"type\":\"t\",\"value\":\"1\"},\"__$\":{\"key\":\"__$\",\"type\":\"t\",\"value\":\"2\"}}");

        change("queues.delete_metadata", "\"keys\":[\"a.b\",\"unknown\"]");
        assertThat(byId(queue).path("metadata").propertyNames()).containsExactly("__$");
    }

    @Test
    void metadataWithoutAnItemIsRefused() {
        api.call("queues.update", "{\"queue\":\"" + queue + "\",\"metadata\":{\"a\":null}}")
                .fails("400/12");
        api.call("queues.create", "{\"name\":\"" + name + " 2\",\"metadata\":{\"a\":null}}")
                .fails("400/12");
    }

    @Test
    void metadataIsAListForOldClients() {
        JsonNode old =
                api.call("v2.16/queues.get_by_id", Map.of("queue", queue)).ok().data();

        assertThatJson(old.path("queue").path("metadata").toString()).isEqualTo("[]");
    }

    @Test
    void tasksComeOutInTheOrderTheyWentIn() {
        List<String> tasks = added(3);

        for (String task : tasks) {
            assertThat(next().path("entry").path("task").asString()).isEqualTo(task);
        }
        assertThatJson(next().toString()).isEqualTo("{}");
    }

    @Test
    void aQueueThatWasEmptiedOrDeletedSinceTheLastPullHasNothing() {
        added(3);
        next();
        api.call("queues.clear_queue", Map.of("queue", queue)).ok();
        assertThatJson(next().toString()).isEqualTo("{}");

        added(3);
        next();
        api.call("queues.delete", Map.of("queue", queue, "force", true)).ok();
        api.call("queues.get_next_task", Map.of("queue", queue)).fails("400/701");
    }

    @Test
    void aTaskIsInAQueueOnce() {
        List<String> tasks = added(1);

        api.call("queues.add_task", Map.of("queue", queue, "task", tasks.get(0)))
                .fails("400/706");
    }

    @Test
    void anUnknownQueueIsTold() {
        api.call("queues.get_next_task", Map.of("queue", "unknown")).fails("400/701");
        api.call("queues.add_task", Map.of("queue", "unknown", "task", "x")).fails("400/701");
        api.call("queues.clear_queue", Map.of("queue", "unknown")).fails("400/701");
        api.call("queues.update", Map.of("queue", "unknown", "name", "ab", "tags", List.of("__$x")))
                .fails("400/701");
        api.call("queues.remove_task", Map.of("queue", "unknown", "task", "x")).fails("400/703");
    }

    @Test
    void onlyTheNamedTaskIsPulled() {
        List<String> tasks = added(2);

        var other = api.call("queues.get_next_task", Map.of("queue", queue, "task", tasks.get(1)));
        assertThatJson(other.ok().data().toString()).isEqualTo("{}");
        var first = api.call(
                        "queues.get_next_task", Map.of("queue", queue, "task", tasks.get(0), "get_task_info", true))
                .ok()
                .data();
        assertThat(first.path("entry").path("task").asString()).isEqualTo(tasks.get(0));
        assertThat(first.path("task_info").path("company").asString()).isEqualTo(ShippedDefaults.COMPANY);
    }

    @Test
    void noTaskIsHandedOutTwice() throws Exception {
        List<String> tasks = added(40);

        List<String> pulled =
                inParallel(60, () -> next().path("entry").path("task").asString(""));

        assertThat(pulled.stream().filter(task -> !task.isEmpty())).containsExactlyInAnyOrderElementsOf(tasks);
    }

    @ParameterizedTest
    @CsvSource({
        "move_task_forward, 3, 1, 2",
        "move_task_forward, 3, 100, 0",
        "move_task_forward, 1, -1, 2",
        "move_task_backward, 0, 2, 2",
        "move_task_backward, 2, -1, 1",
        "move_task_backward, 2, 100, 4",
        "move_task_to_front, 3, 0, 0",
        "move_task_to_back, 1, 0, 4"
    })
    void movesEndAtTheEndsOfTheQueue(String move, int from, int count, int to) {
        List<String> tasks = new ArrayList<>(added(5));
        String moved = tasks.remove(from);

        var answer = api.call("queues." + move, Map.of("queue", queue, "task", moved, "count", count));

        assertThat(answer.ok().data().path("position").asInt()).isEqualTo(to);
        tasks.add(to, moved);
        assertThat(entries()).isEqualTo(tasks);
    }

    @Test
    void movesAndEnqueuesAtOnceLoseNothing() throws Exception {
        List<String> tasks = added(10);

        List<String> more = inParallel(30, () -> {
            api.call("queues.move_task_to_front", Map.of("queue", queue, "task", tasks.get(5)))
                    .ok();
            return added(1).get(0);
        });

        List<String> all = new ArrayList<>(tasks);
        all.addAll(more);
        assertThat(entries()).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void removingATaskLeavesItsStatusUnlessAsked() {
        List<String> tasks = enqueued(2);

        removeTask(tasks.get(0), false);
        removeTask(tasks.get(1), true);

        assertThat(task(tasks.get(0)).path("status").asString()).isEqualTo("queued");
        assertThat(task(tasks.get(0)).path("execution").path("queue").asString())
                .isEqualTo(queue);
        assertThat(task(tasks.get(1)).path("status").asString()).isEqualTo("created");
        assertThat(task(tasks.get(1)).path("execution").has("queue")).isFalse();
        api.call("queues.remove_task", Map.of("queue", queue, "task", tasks.get(0)))
                .fails("400/703");
    }

    @Test
    void clearingMakesDraftsOfTheTasks() {
        List<String> tasks = enqueued(2);

        var answer = api.call("queues.clear_queue", Map.of("queue", queue)).ok().data();

        assertThat(answer.path("removed_tasks").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrderElementsOf(tasks);
        assertThat(entries()).isEmpty();
        assertThat(task(tasks.get(0)).path("status").asString()).isEqualTo("created");
    }

    @Test
    void aQueueWithTasksIsDeletedByForceOnly() {
        List<String> tasks = enqueued(1);

        api.call("queues.delete", Map.of("queue", queue)).fails("400/702");
        api.call("queues.delete", Map.of("queue", queue, "force", true)).ok();

        api.call("queues.get_by_id", Map.of("queue", queue)).fails("400/701");
        assertThat(task(tasks.get(0)).path("status").asString()).isEqualTo("created");
    }

    @Test
    void theListWithWorkersNamesTheTasks() {
        List<String> tasks = added(2);

        JsonNode row = api.call("queues.get_all_ex", Map.of("id", List.of(queue), "max_task_entries", 1))
                .ok()
                .data()
                .path("queues")
                .path(0);

        assertThatJson(row.path("entries").path(0).path("task").toString())
                .isEqualTo("{\"id\":\"" + tasks.get(0) + "\",\"name\":\"" + name + "\"}");
        assertThat(row.path("entries").size()).isEqualTo(1);
        assertThatJson(row.path("workers").toString()).isEqualTo("[]");
    }

    @Test
    void hiddenQueuesAreListedOnlyWhenAskedFor() {
        var hidden = create(Map.of("name", name + " pods", "system_tags", List.of("k8s-glue")));

        assertThat(listed(Map.of("tags", List.of()))).doesNotContain(hidden);
        assertThat(listed(Map.of("search_hidden", true))).contains(hidden);
        assertThat(listed(Map.of("name", name))).contains(hidden);
        assertThat(listed(Map.of("id", List.of(hidden)))).containsExactly(hidden);
    }

    @Test
    void tagsAreThereForWorkersWhateverFieldsTheyAskFor() {
        JsonNode row = api.call("queues.get_all", Map.of("id", List.of(queue), "only_fields", List.of("id", "tags")))
                .ok()
                .data()
                .path("queues")
                .path(0);

        assertThatJson(row.toString()).isEqualTo("{\"id\":\"" + queue + "\",\"tags\":[]}");
    }

    @Test
    void entriesAreCountedWhenAskedFor() {
        added(3);
        var request = Map.of("id", List.of(queue), "max_task_entries", 1);
        Map<String, Object> counting = new HashMap<>(request);
        counting.put("count_task_entries", true);

        JsonNode counted = api.call("queues.get_all_ex", counting)
                .ok()
                .data()
                .path("queues")
                .path(0);
        JsonNode plain = api.call("queues.get_all_ex", request)
                .ok()
                .data()
                .path("queues")
                .path(0);

        assertThat(counted.path("entries_count").asInt()).isEqualTo(3);
        assertThat(counted.path("entries").size()).isEqualTo(1);
        assertThat(plain.has("entries_count")).isFalse();
    }

    @Test
    void aTaskMovesToTheEndOfAnotherQueue() {
        var other = create(Map.of("name", name + " other"));
        List<String> tasks = enqueued(2);
        var there = newTask();
        api.call("tasks.enqueue", Map.of("queue", other, "task", there)).ok();

        move(tasks.get(0), other).ok();

        assertThat(entries()).containsExactly(tasks.get(1));
        assertThat(byId(other)
                        .path("entries")
                        .valueStream()
                        .map(entry -> entry.path("task").asString()))
                .containsExactly(there, tasks.get(0));
        assertThat(task(tasks.get(0)).path("status").asString()).isEqualTo("queued");
        assertThat(task(tasks.get(0)).path("execution").path("queue").asString())
                .isEqualTo(other);
        move(tasks.get(0), other).fails("400/703");
        move(tasks.get(1), "unknown").fails("400/701");
        assertThat(entries()).containsExactly(tasks.get(1));
    }

    @Test
    void aTaskThatIsMovedToItsOwnQueueComesToItsEnd() {
        var tasks = enqueued(2);

        move(tasks.get(0), queue).ok();

        assertThat(List.of(nextTask(), nextTask())).containsExactly(tasks.get(1), tasks.get(0));
    }

    private String nextTask() {
        return next().path("entry").path("task").asString();
    }

    private Answer move(String task, String target) {
        return api.call("queues.move_task_to_queue", Map.of("queue", queue, "task", task, "target_queue", target));
    }

    @Test
    void theQueueOfATaskIsFound() {
        var task = enqueued(1).get(0);

        JsonNode found =
                api.call("queues.get_by_task_id", Map.of("task", task)).ok().data();

        assertThatJson(found.toString()).isEqualTo("{\"id\":\"" + queue + "\",\"name\":\"" + name + "\"}");
        api.call("queues.get_by_task_id", Map.of("task", "unknown")).fails("400/703");
    }

    @Test
    void whatHappensInAQueueIsMeasured() throws InterruptedException {
        enqueued(1);
        Thread.sleep(1000);
        enqueued(1);
        next();

        JsonNode queues = metrics(Map.of("queue_ids", List.of(queue)));

        assertThat(queues.size()).isEqualTo(1);
        JsonNode measured = queues.path(0);
        assertThat(measured.path("queue").asString()).isEqualTo(queue);
        assertThat(measured.path("dates").size()).isBetween(1, 2);
        assertThat(measured.path("avg_waiting_times").size())
                .isEqualTo(measured.path("dates").size());
        assertThat(measured.path("queue_lengths")
                        .valueStream()
                        .mapToInt(JsonNode::asInt)
                        .max())
                .hasValue(2);
    }

    @Test
    void allQueuesTogetherAreMeasuredAsOne() {
        enqueued(1);

        JsonNode total = metrics(Map.of("refresh", true));

        assertThat(total.size()).isEqualTo(1);
        assertThat(total.path(0).path("queue").asString()).isEqualTo("total");
        assertThat(total.path(0)
                        .path("queue_lengths")
                        .valueStream()
                        .mapToInt(JsonNode::asInt)
                        .max()
                        .orElse(0))
                .isPositive();
    }

    @Test
    void hiddenQueuesAreMeasuredOnlyWhenAskedFor() {
        var hidden = create(Map.of("name", name + " pods", "system_tags", List.of("k8s-glue")));
        api.call("queues.add_task", Map.of("queue", hidden, "task", "x")).ok();

        assertThat(metrics(Map.of("queue_ids", List.of(hidden))).size()).isZero();
        assertThat(metrics(Map.of("queue_ids", List.of(hidden), "search_hidden", true))
                        .size())
                .isEqualTo(1);
    }

    @Test
    void measurementsTellWhatIsWrong() {
        api.call("queues.get_queue_metrics", Map.of("from_date", 10, "to_date", 10, "interval", 1))
                .fails("400/16");
        api.call("queues.get_queue_metrics", Map.of("from_date", 0, "to_date", 1e18, "interval", 1))
                .fails("400/16");
        api.call("queues.get_queue_metrics", Map.of("from_date", 0, "to_date", 10, "interval", 0))
                .fails("400/12");
        api.call("queues.get_queue_metrics", Map.of("from_date", -1, "to_date", 10, "interval", 1))
                .fails("400/12");
        api.call("queues.get_queue_metrics", Map.of("from_date", 0, "to_date", 10))
                .fails("400/12");
    }

    private JsonNode metrics(Map<String, ?> more) {
        Map<String, Object> request = new HashMap<>(more);
        long now = System.currentTimeMillis() / 1000;
        request.put("from_date", now - 15);
        request.put("to_date", now + 5);
        request.put("interval", 5);
        return api.call("queues.get_queue_metrics", request).ok().data().path("queues");
    }

    private String create(Map<String, ?> request) {
        return api.call("queues.create", request).ok().data().path("id").asString();
    }

    private JsonNode byId(String id) {
        return api.call("queues.get_by_id", Map.of("queue", id)).ok().data().path("queue");
    }

    private List<String> entries() {
        return byId(queue)
                .path("entries")
                .valueStream()
                .map(entry -> entry.path("task").asString())
                .toList();
    }

    private List<String> listed(Map<String, ?> request) {
        return api.call("queues.get_all", request)
                .ok()
                .data()
                .path("queues")
                .valueStream()
                .map(row -> row.path("id").asString())
                .toList();
    }

    private void change(String endpoint, String members) {
        var answer = api.call(endpoint, "{\"queue\":\"" + queue + "\"," + members + "}");
        assertThat(answer.ok().data().path("updated").asInt()).isEqualTo(1);
    }

    private JsonNode next() {
        return api.call("queues.get_next_task", Map.of("queue", queue)).ok().data();
    }

    private void removeTask(String task, boolean updateStatus) {
        var answer = api.call(
                "queues.remove_task", Map.of("queue", queue, "task", task, "update_task_status", updateStatus));
        assertThat(answer.ok().data().path("removed").asInt()).isEqualTo(1);
    }

    private String newTask() {
        return api.call("tasks.create", Map.of("name", name, "type", "testing"))
                .ok()
                .data()
                .path("id")
                .asString();
    }

    private List<String> added(int count) {
        List<String> tasks = IntStream.range(0, count).mapToObj(i -> newTask()).toList();
        tasks.forEach(task -> api.call("queues.add_task", Map.of("queue", queue, "task", task))
                .ok());
        return tasks;
    }

    private List<String> enqueued(int count) {
        List<String> tasks = IntStream.range(0, count).mapToObj(i -> newTask()).toList();
        tasks.forEach(task ->
                api.call("tasks.enqueue", Map.of("queue", queue, "task", task)).ok());
        return tasks;
    }

    private JsonNode task(String id) {
        return api.call("tasks.get_by_id", Map.of("task", id)).ok().data().path("task");
    }

    private static <T> List<T> inParallel(int times, Callable<T> work) throws InterruptedException, ExecutionException {
        var threads = Executors.newFixedThreadPool(8);
        try {
            List<T> results = new ArrayList<>();
            for (var future : threads.invokeAll(
                    IntStream.range(0, times).mapToObj(i -> work).toList())) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
