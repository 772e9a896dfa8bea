package clearml.acceptance;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/**
 * Reports to a task of its own as the SDK does: a batch is sent again, as it was, until the server acknowledges it, whatever
 * becomes of the connection meanwhile.
 */
final class RepeatingClient implements Callable<RepeatingClient> {

    private static final Set<Integer> REPEATED = Set.of(429, 502, 503, 509);
    private static final int SCALARS = 20;
    private static final int LINES = 10;
    private static final long PAUSE_MS = 300;

    private final Api api;
    private final String task;
    private final BooleanSupplier goOn;
    private final List<Answer> refusals = new ArrayList<>();
    private volatile int batches;

    /** @param goOn asked before each batch */
    RepeatingClient(Api api, BooleanSupplier goOn) {
        this.api = api;
        this.goOn = goOn;
        this.task = api.call("tasks.create", Map.of("name", "repeating", "type", "training"))
                .ok()
                .data()
                .path("id")
                .asString();
    }

    /** The number of batches that were acknowledged. */
    int batches() {
        return batches;
    }

    /** The answers after which a batch was sent again. */
    List<Answer> refusals() {
        return refusals;
    }

    @Override
    public RepeatingClient call() throws InterruptedException {
        while (goOn.getAsBoolean()) {
            String lines = lines(batches);
            while (!acknowledged(lines)) {
                Thread.sleep(PAUSE_MS);
            }
            batches++;
        }
        return this;
    }

    private boolean acknowledged(String lines) {
        try {
            Answer answer = api.request("/events.add_batch")
                    .method("GET")
                    .body("application/json-lines", lines)
                    .send();
            if (REPEATED.contains(answer.status())) {
                refusals.add(answer);
                return false;
            }
            answer.ok();
            return true;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private String lines(int batch) {
        StringBuilder lines = new StringBuilder();
        for (int i = batch * SCALARS; i < (batch + 1) * SCALARS; i++) {
            lines.append(
                    "{\"type\":\"training_stats_scalar\",\"task\":\"%s\",\"metric\":\"loss\",\"variant\":\"train\","
                            .formatted(task));
            lines.append("\"iter\":%d,\"value\":%d}\n".formatted(i, i));
        }
        long now = System.currentTimeMillis();
        for (int i = 0; i < LINES; i++) {
            lines.append("{\"type\":\"log\",\"task\":\"%s\",\"timestamp\":%d,\"msg\":\"%d/%d\"}\n"
                    .formatted(task, now + i, batch, i));
        }
        return lines.toString();
    }

    /** {@code <iterations>/<points>/<lines>}: what there should be. */
    String acknowledged() {
        return SCALARS * batches + "/" + SCALARS * batches + "/" + LINES * batches;
    }

    /** The same as the server has it, the iterations by the statistics of the task. */
    String stored() {
        JsonNode stored =
                api.call("tasks.get_by_id", Map.of("task", task)).ok().data().path("task");
        JsonNode last = stored.at("/last_metrics/81513effdf5790b79549208838404407/61b3a8faa9c1091806675c230a9abe64");
        if (last.path("value").asInt() != stored.path("last_iteration").asInt()
                || last.path("max_value").asInt()
                        != stored.path("last_iteration").asInt()
                || last.path("min_value").asInt() != 0) {
            return "statistics that contradict each other: " + stored;
        }
        return stored.path("last_iteration").asInt() + 1 + "/" + total("training_stats_scalar") + "/" + total("log");
    }

    private int total(String type) {
        return api.call("events.get_task_events", Map.of("task", task, "event_type", type, "batch_size", 1))
                .ok()
                .data()
                .path("total")
                .asInt();
    }
}
