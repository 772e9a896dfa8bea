package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskQueueingTest {

    private final TaskCalls tasks = new TaskCalls();
    private final String queue = tasks.queue();

    @Test
    void aQueuedTaskKnowsItsQueueAndIsNoLongerInDevelopment() {
        var task = tasks.create("system_tags", List.of("development", "mine"));

        var answer = tasks.on(task, "enqueue", "queue", queue, "verify_watched_queue", true)
                .ok()
                .data();

        assertThat(answer.path("queued").asInt()).isEqualTo(1);
        assertThat(answer.path("queue_watched").isBoolean()).isTrue();
        assertThat(answer.path("fields").path("execution.queue").asString()).isEqualTo(queue);
        assertThat(answer.at("/fields/enqueue_status").asString()).isEqualTo("created");
        assertThat(tasks.entries(queue)).containsExactly(task);
        assertThat(tasks.get(task).at("/execution/queue").asString()).isEqualTo(queue);
        assertThat(tasks.get(task).path("system_tags").toString()).isEqualTo("[\"mine\"]");
    }

    @Test
    void aTaskIsInOneQueueAndOnceInIt() {
        var task = tasks.create();
        tasks.on(task, "enqueue", "queue", queue).ok();

        tasks.on(task, "enqueue", "queue", queue).fails("400/706");
        assertThat(tasks.entries(queue)).containsExactly(task);
        var other = tasks.queue();
        tasks.on(task, "enqueue", "queue", other).ok();
        assertThat(tasks.entries(queue)).isEmpty();
        assertThat(tasks.entries(other)).containsExactly(task);
    }

    @Test
    void aFailedEnqueueLeavesTheTaskAsItWas() {
        var task = tasks.create();

        tasks.on(task, "enqueue", "queue", "unknown").fails("400/701");
        tasks.on(task, "enqueue", "queue", queue, "queue_name", "both").fails("400/12");

        assertThat(tasks.status(task)).isEqualTo("created");
    }

    @Test
    void aQueueThatIsNamedIsMade() {
        var task = tasks.create();
        var name = "acceptance " + UUID.randomUUID();

        tasks.on(task, "enqueue", "queue_name", name).ok();

        var made = tasks.get(task).at("/execution/queue").asString();
        assertThat(tasks.entries(made)).containsExactly(task);
    }

    @Test
    void aTaskThatLeavesItsQueueHasItsFormerStatus() {
        var task = tasks.bring(tasks.create(), "stopped");
        tasks.on(task, "enqueue", "queue", queue).ok();

        var answer = tasks.on(task, "dequeue").ok().data();

        assertThat(answer.path("dequeued").asInt()).isEqualTo(1);
        assertThat(tasks.status(task)).isEqualTo("stopped");
        assertThat(tasks.entries(queue)).isEmpty();
        assertThat(tasks.on(task, "dequeue").ok().data().path("updated").asInt())
                .isZero();
    }

    @Test
    void theAgentTakesATaskOutOfItsQueueIntoProgress() {
        var task = tasks.create();
        tasks.on(task, "enqueue", "queue", queue).ok();

        var answer = tasks.on(task, "dequeue", "new_status", "in_progress", "remove_from_all_queues", true)
                .ok()
                .data();

        assertThat(answer.path("updated").asInt()).isEqualTo(1);
        assertThat(tasks.status(task)).isEqualTo("in_progress");
        tasks.on(task, "started", "force", true).ok();
        assertThat(tasks.get(task).has("started")).isTrue();
        tasks.on(task, "dequeue", "new_status", "nonsense").fails("400/12");
    }

    @Test
    void manyTasksKeepTheOrderTheyWereGivenIn() {
        var ids = List.of(tasks.create(), tasks.create(), tasks.create());

        tasks.call("enqueue_many", Map.of("ids", ids, "queue", queue)).ok();

        assertThat(tasks.entries(queue)).isEqualTo(ids);
    }

    @Test
    void ofManyWhoEnqueueATaskAtOnceOneSucceedsAndItIsThereOnce() throws Exception {
        var task = tasks.create();
        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(() -> tasks.on(task, "enqueue", "queue", queue).code());
        }
        var pool = Executors.newFixedThreadPool(calls.size());
        try {
            List<String> codes = new ArrayList<>();
            for (var code : pool.invokeAll(calls)) {
                codes.add(code.get());
            }
            assertThat(codes).containsOnlyOnce("200/0");
            assertThat(tasks.entries(queue)).containsExactly(task);
            assertThat(tasks.status(task)).isEqualTo("queued");
        } finally {
            pool.shutdownNow();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tasks.dequeue, created",
        "tasks.stop, stopped",
        "tasks.reset, created",
        "tasks.delete, ",
        "queues.remove_task, created",
        "queues.clear_queue, created"
    })
    void theQueueThatATaskHasLeftIsEmpty(String endpoint, @Nullable String status) {
        var task = tasks.create();
        tasks.on(task, "enqueue", "queue", queue).ok();

        var leave = Map.of("task", task, "queue", queue, "update_task_status", true, "force", true);
        tasks.api().call(endpoint, leave).ok();

        assertThat(tasks.entries(queue)).isEmpty();
        if (status != null) {
            assertThat(tasks.status(task)).isEqualTo(status);
        }
        tasks.api().call("queues.delete", Map.of("queue", queue)).ok();
    }

    @Test
    void anArchivedTaskIsInNoQueue() {
        var task = tasks.create();
        tasks.on(task, "enqueue", "queue", queue).ok();

        tasks.call("archive_many", Map.of("ids", List.of(task))).ok();

        assertThat(tasks.entries(queue)).isEmpty();
        assertThat(tasks.status(task)).isEqualTo("created");
        assertThat(tasks.get(task).path("system_tags").toString()).isEqualTo("[\"archived\"]");
        tasks.call("unarchive_many", Map.of("ids", List.of(task))).ok();
        assertThat(tasks.get(task).path("system_tags").isEmpty()).isTrue();
    }
}
