package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskStatusTest {

    private final TaskCalls tasks = new TaskCalls();

    @ParameterizedTest
    @CsvSource({
        "created, started, in_progress",
        "queued, started, in_progress",
        "stopped, started, in_progress",
        "completed, started, in_progress",
        "in_progress, started, in_progress",
        "in_progress, stopped, stopped",
        "queued, stopped, stopped",
        "failed, stopped, stopped",
        "closed, stopped, stopped",
        "in_progress, failed, failed",
        "stopped, failed, failed",
        "closed, failed, failed",
        "in_progress, completed, completed",
        "stopped, completed, completed",
        "stopped, close, closed",
        "stopped, publish, published",
        "closed, publish, published",
        "failed, publish, published",
        "completed, publish, published"
    })
    void aReportChangesTheStatus(String from, String report, String to) {
        var task = tasks.bring(tasks.create(), from);

        var answer = tasks.on(task, report).ok().data();

        assertThat(answer.path("updated").asInt()).isEqualTo(1);
        assertThat(answer.at("/fields/status").asString()).isEqualTo(to);
        assertThat(tasks.status(task)).isEqualTo(to);
    }

    @ParameterizedTest
    @CsvSource({
        "created, stopped",
        "created, failed",
        "created, completed",
        "created, close",
        "created, publish",
        "in_progress, close",
        "in_progress, publish",
        "closed, completed",
        "failed, started",
        "completed, failed",
        "completed, stopped",
        "published, started",
        "published, publish"
    })
    void aReportThatMayNotFollowIsRefusedUnlessForced(String from, String report) {
        var task = tasks.bring(tasks.create(), from);

        tasks.on(task, report).fails("400/110");
        assertThat(tasks.status(task)).isEqualTo(from);
        tasks.on(task, report, "force", true).ok();
    }

    @Test
    void everyChangeOverwritesReasonAndMessageWithTexts() {
        var task = tasks.create();

        tasks.on(task, "started", "status_reason", "why", "status_message", "what")
                .ok();
        assertThat(tasks.get(task).path("status_reason").asString()).isEqualTo("why");
        assertThat(tasks.get(task).path("status_message").asString()).isEqualTo("what");
        tasks.on(task, "stopped").ok();
        assertThat(tasks.get(task).path("status_reason").asString()).isEmpty();
        assertThat(tasks.get(task).path("status_message").isString()).isTrue();
    }

    @Test
    void aTaskThatIsStartedAgainKeepsItsStartOnlyWhileItRuns() {
        var task = tasks.bring(tasks.create(), "in_progress");
        var first = tasks.get(task).path("started").asString();

        assertThat(tasks.on(task, "started").ok().data().path("fields").has("started"))
                .isFalse();
        assertThat(tasks.get(task).path("started").asString()).isEqualTo(first);
        tasks.on(task, "stopped").ok();
        assertThat(tasks.get(task).has("completed")).isTrue();
        tasks.on(task, "started").ok();
        assertThat(tasks.get(task).has("completed")).isFalse();
    }

    @Test
    void completingMayPublishTheLastOutputModelToo() {
        var task = tasks.create();
        var first = tasks.model(task);
        var last = tasks.model(task);
        tasks.on(task, "add_or_update_model", "name", "first", "model", first, "type", "output")
                .ok();
        tasks.on(task, "add_or_update_model", "name", "last", "model", last, "type", "output")
                .ok();
        tasks.bring(task, "in_progress");

        var answer = tasks.on(task, "completed", "publish", true).ok().data();

        assertThat(answer.path("published").asInt()).isEqualTo(1);
        assertThat(answer.at("/fields/status").asString()).isEqualTo("published");
        assertThat(isPublished(first)).isFalse();
        assertThat(isPublished(last)).isTrue();
    }

    private boolean isPublished(String model) {
        return tasks.api()
                .call("models.get_by_id", Map.of("model", model))
                .ok()
                .data()
                .at("/model/ready")
                .asBoolean();
    }

    @Test
    void aPingIsNeverRefusedAndMovesTheTimes() throws InterruptedException {
        tasks.on("0".repeat(32), "ping").ok();
        var task = tasks.bring(tasks.create(), "in_progress");
        var before = tasks.get(task).path("last_update").asString();
        Thread.sleep(5);

        tasks.on(task, "ping").ok();

        assertThat(tasks.get(task).path("last_update").asString()).isGreaterThan(before);
        assertThat(tasks.get(task).path("active_duration").isInt()).isTrue();
    }

    @Test
    void startingAnUnknownTaskIsAnErrorOfItsOwn() {
        tasks.on("0".repeat(32), "started").fails("400/10", "Invalid object id: task=None");
        tasks.on("0".repeat(32), "stopped").fails("400/101");
    }

    @Test
    void ofManyWhoFinishATaskAtOnceOnlyOneDoes() throws Exception {
        var task = tasks.bring(tasks.create(), "in_progress");
        List<Callable<String>> reports = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            var report = i % 2 == 0 ? "failed" : "completed";
            reports.add(() -> tasks.on(task, report).code());
        }
        var pool = Executors.newFixedThreadPool(reports.size());
        try {
            List<String> codes = new ArrayList<>();
            for (var code : pool.invokeAll(reports)) {
                codes.add(code.get());
            }
            assertThat(codes)
                    .contains("200/0")
                    .allMatch(code -> List.of("200/0", "400/110", "400/121").contains(code));
            assertThat(tasks.status(task)).isIn("failed", "completed");
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void nobodyRunsATaskThatNoWorkerReportedSoItStopsAtOnce() {
        var task = tasks.bring(tasks.create(), "in_progress");

        var fields =
                tasks.on(task, "stop", "status_reason", "because").ok().data().path("fields");

        assertThat(fields.path("status").asString()).isEqualTo("stopped");
        assertThat(fields.path("status_reason").asString()).isEqualTo("because");
        assertThat(fields.path("status_message").asString()).startsWith("Stopped by ");
        assertThat(tasks.get(task).has("completed")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"in_progress", "completed"})
    void aTaskThatAWorkerReportedIsAskedToStopInTheStatusThatItIsIn(String status) {
        var task = tasks.bring(tasks.create(), status);
        var worker = Map.of("worker", "acceptance:" + task);
        var report = new HashMap<String, Object>(worker);
        report.put("task", task);
        report.put("timestamp", System.currentTimeMillis());
        tasks.api().call("workers.status_report", report).ok();
        tasks.api().call("workers.unregister", worker).ok();

        var fields =
                tasks.on(task, "stop", "status_reason", "because").ok().data().path("fields");

        assertThat(fields.path("status").asString()).isEqualTo(status);
        assertThat(fields.path("status_reason").asString()).isEqualTo("because");
        assertThat(fields.path("status_message").asString()).isEqualTo("stopping");
        assertThat(tasks.status(task)).isEqualTo(status);
    }

    @Test
    void aTaskThatAWorkerRunsIsAskedToStopAndThatIsNotOverheardWhileItBegins() {
        var task = reported("asked");

        var fields =
                tasks.on(task, "stop", "status_message", "ignored").ok().data().path("fields");
        tasks.on(task, "started", "status_message", "launch by agent", "force", true)
                .ok();

        assertThat(fields.path("status").asString()).isEqualTo("in_progress");
        assertThat(fields.path("status_message").asString()).isEqualTo("stopping");
        assertThat(tasks.get(task).path("status_message").asString()).isEqualTo("stopping");
        tasks.on(task, "stopped", "status_message", "done").ok();
        assertThat(tasks.get(task).path("status_message").asString()).isEqualTo("done");
    }

    @Test
    void askingAWorkerThatIsGoneDoesNotKeepItsTaskRunning() {
        var task = reported("gone");
        try (var client = MongoClients.create(Server.mongo())) {
            client.getDatabase("backend")
                    .getCollection("task")
                    .updateOne(Filters.eq("_id", task), Updates.set("last_worker_report", new Date(0)));
        }

        tasks.on(task, "stop").ok();
        assertThat(tasks.status(task)).isEqualTo("in_progress");
        tasks.on(task, "stop").ok();

        assertThat(tasks.status(task)).isEqualTo("stopped");
    }

    private String reported(String worker) {
        var task = tasks.bring(tasks.create(), "in_progress");
        var report = Map.of("worker", "status " + worker, "timestamp", System.currentTimeMillis(), "task", task);
        tasks.api().call("workers.status_report", report).ok();
        tasks.api()
                .call("workers.unregister", Map.of("worker", "status " + worker))
                .ok();
        return task;
    }
}
