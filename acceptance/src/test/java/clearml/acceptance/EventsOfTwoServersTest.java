package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What one server acknowledged is readable through another one on the same stores at once. */
class EventsOfTwoServersTest {

    private static final int ROUNDS = 20;

    private final EventCalls events = new EventCalls();

    @Test
    void whatOneAcknowledgedTheOtherReadsAtOnce() {
        Api second = Api.at(Server.second()).login(Server.underTest().user());
        for (int i = 0; i < ROUNDS; i++) {
            Api writer = i % 2 == 0 ? events.api() : second;
            Api reader = i % 2 == 0 ? second : events.api();
            report(writer, i);

            JsonNode lines = read(reader, "get_task_log", Map.of("task", events.task(), "batch_size", 1));
            assertThat(lines.at("/events/0/msg").asString()).isEqualTo("line " + i);
            JsonNode points = read(reader, "scalar_metrics_iter_histogram", Map.of("task", events.task()));
            assertThat(points.at("/loss/train/x")).hasSize(i + 1);
            JsonNode plots = read(reader, "get_task_plots", Map.of("task", events.task()));
            assertThat(plots.at("/plots/0/plot_str").asString()).isEqualTo("{\"n\":" + i + "}");
            assertThat(read(reader, "get_task_events", Map.of("task", events.task(), "batch_size", 1))
                            .path("total")
                            .asInt())
                    .isEqualTo(3 * (i + 1));
        }
    }

    private void report(Api writer, int round) {
        String lines = "";
        for (Map<String, Object> event : List.of(
                events.log(round + 1, "line " + round),
                events.scalar(round, "loss", "train", round),
                events.plot(round, "plot", "v", "{\"n\":" + round + "}"))) {
            lines += Api.JSON.writeValueAsString(event) + "\n";
        }
        writer.request("/events.add_batch")
                .body("application/json-lines", lines)
                .send()
                .ok();
    }

    private static JsonNode read(Api reader, String endpoint, Map<String, Object> request) {
        return reader.call("events." + endpoint, request).ok().data();
    }
}
