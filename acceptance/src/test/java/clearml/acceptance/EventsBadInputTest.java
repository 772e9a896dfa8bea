package clearml.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A bad event costs itself, not the others of its batch, and never the server. */
class EventsBadInputTest {

    private static final String[] VALUES = {
        "null",
        "true",
        "-1",
        "1e400",
        "1.5",
        "NaN",
        "Infinity",
        "-Infinity",
        "9".repeat(40),
        "\"\"",
        "\"x\"",
        "[]",
        "[1,\"x\"]",
        "{}",
        "{\"a\":{\"b\":[1]}}",
        "\"\\ud800\"",
        "\"" + "x".repeat(40_000) + "\""
    };

    private final EventCalls events = new EventCalls();

    static Stream<String> fields() {
        return Stream.of(
                "task",
                "type",
                "timestamp",
                "ts",
                "worker",
                "iter",
                "metric",
                "variant",
                "value",
                "values",
                "plot_str",
                "plot_data",
                "url",
                "key",
                "level",
                "msg",
                "model_event",
                "allow_locked",
                "x_axis_label",
                "skip_validation");
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aFieldOfTheWrongKindCostsOnlyItsEvent(String field) {
        for (String type : new String[] {"training_stats_scalar", "log", "plot", "training_debug_image"}) {
            // What is about the whole batch may refuse it all: it goes alone.
            boolean ofBatch = field.equals("allow_locked") || field.equals("model_event");
            StringBuilder batch = new StringBuilder();
            for (String value : VALUES) {
                if (value.contains("ud800") && (field.equals("task") || field.equals("type"))) {
                    // Half a character in the answer, as it came: valid, but our reader is strict.
                    continue;
                }
                String line =
                        "{\"type\":\"" + type + "\",\"task\":\"" + events.task() + "\",\"iter\":1,\"metric\":\"m\","
                                + "\"value\":1,\"url\":\"u\",\"" + field + "\":" + value + "}\n";
                if (ofBatch) {
                    assertThat(events.addLines(line).isEnvelope().status()).isIn(200, 400);
                } else {
                    batch.append(line);
                }
            }
            if (!ofBatch) {
                batch.append(Api.JSON.writeValueAsString(events.log(7, field + " " + type)));
                counted(
                        events.addLines(batch.toString()),
                        field,
                        batch.toString().split("\n").length);
            }
        }
        if (!field.equals("allow_locked") && !field.equals("model_event")) {
            assertThat(events.read("get_task_log", "batch_size", 10_000).toString())
                    .contains(field + " training_debug_image");
        }
        events.read("scalar_metrics_iter_histogram");
        events.read("get_task_plots");
        events.tasks().get(events.task());
    }

    /** All were added or counted; an iteration that is too large makes it an error after the others were added. */
    private static void counted(Answer answer, String field, int events) {
        if (field.equals("iter")) {
            answer.fails("500/100");
            assertThat(answer.message()).contains("document(s) failed to index");
            return;
        }
        JsonNode data = answer.ok().data();
        assertThat(data.path("added").asInt() + data.path("errors").asInt()).isEqualTo(events);
    }

    @Test
    void aValueThatIsNoNumberIsNotAdded() {
        for (String value : new String[] {"NaN", "Infinity", "1e39", "\"x\"", "[1]", "{}", "true"}) {
            events.addLines("{\"type\":\"training_stats_scalar\",\"task\":\"" + events.task()
                            + "\",\"metric\":\"m\",\"iter\":1,\"value\":" + value + "}\n"
                            + Api.JSON.writeValueAsString(events.scalar(2, "m", "v", 1)))
                    .ok();
        }

        assertThat(events.read("scalar_metrics_iter_histogram").toString()).doesNotContain("NaN");
        assertThat(events.read("get_task_events").path("total").asInt()).isEqualTo(1);
    }

    @Test
    void iterationsAreWholeNumbersHoweverTheyAreWritten() {
        events.addLines(Stream.of("1.9", "\"2\"", "-3", "true", "9223372036854775807")
                        .map(iteration -> "{\"type\":\"training_stats_scalar\",\"task\":\"" + events.task()
                                + "\",\"metric\":\"m\",\"variant\":" + Api.JSON.writeValueAsString(iteration)
                                + ",\"value\":1,\"iter\":" + iteration + "}")
                        .reduce((a, b) -> a + "\n" + b)
                        .orElseThrow())
                .ok();

        assertThat(EventCalls.texts(events.read("get_task_events").path("events"), "iter"))
                .containsExactly("-3", "1", "1", "2", "9223372036854775807");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "-9223372036854775809", "1e30"})
    void anIterationTooLargeIsAnErrorAndTheOthersAreThere(String iteration) {
        events.addLines("{\"type\":\"training_stats_scalar\",\"task\":\"" + events.task()
                        + "\",\"metric\":\"m\",\"value\":1,\"iter\":" + iteration + "}\n"
                        + Api.JSON.writeValueAsString(events.log(1, "x")))
                .fails("500/100");

        assertThat(events.read("get_task_log").path("events")).hasSize(1);
    }

    @Test
    void aMessageOfAMillionCharactersIsWhole() {
        String message = "é".repeat(1_000_000);
        events.add(events.log(1, message)).ok();

        assertThat(events.read("get_task_log").at("/events/0/msg").asString()).isEqualTo(message);
    }

    @Test
    void aPlotOfFiftyMegabytesIsWhole() {
        StringBuilder plot = new StringBuilder("{\"data\":[");
        Random random = new Random(7);
        while (plot.length() < 50_000_000) {
            plot.append(random.nextInt()).append(',');
        }
        plot.append("0]}");
        events.add(events.plot(1, "p", "v", plot.toString())).ok();

        assertThat(events.read("get_task_plots")
                        .at("/plots/0/plot_str")
                        .asString()
                        .contentEquals(plot))
                .isTrue();
    }

    @Test
    void aLongNameCostsOnlyItsEvent() {
        JsonNode added = events.add(events.scalar(1, "m".repeat(40_000), "v", 1), events.scalar(1, "m", "v", 1))
                .ok()
                .data();

        assertThat(added.path("added").asInt()).isEqualTo(1);
        assertThat(added.path("errors").asInt()).isEqualTo(1);
    }

    /** A million, with {@code test.batch.lines}. */
    @Test
    void aHundredThousandLinesAreOneBatch() {
        int count = Settings.find("test.batch.lines").map(Integer::parseInt).orElse(100_000);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append("{\"type\":\"training_stats_scalar\",\"task\":\"")
                    .append(events.task())
                    .append("\",\"iter\":")
                    .append(i)
                    .append(",\"metric\":\"loss\",\"variant\":\"train\",\"filler\":\"")
                    .append("x".repeat(60))
                    .append("\",\"value\":")
                    .append(i)
                    .append("}\n");
        }
        assertThat(events.addLines(lines.toString()).ok().data().path("added").asInt())
                .isEqualTo(count);

        assertThat(events.tasks().get(events.task()).path("last_iteration").asInt())
                .isEqualTo(count - 1);
        assertThat(events.read("get_task_events", "batch_size", 1).path("total").asInt())
                .isEqualTo(count);
    }

    @Test
    void aBodyThatIsNoLinesIsRefused() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(Api.JSON.writeValueAsString(events.log(1, "x")).getBytes(UTF_8));
        }
        byte[] half = Arrays.copyOf(packed.toByteArray(), packed.size() / 2);
        var request = events.api().request("/events.add_batch");
        request.body("application/json-lines", half).send().fails("400/0");
        var encoded = events.api().request("/events.add_batch").header("Content-Encoding", "gzip");
        assertThat(encoded.body("application/json-lines", half).send().status()).isEqualTo(415);
        events.addLines("{\"type\":\"log\"").fails("400/0");
        events.addLines("[1]").fails("400/0");
    }

    @Test
    void foreignAndUnknownTasksTakeNothing() {
        for (String task : List.of("", "nobody", "0".repeat(32), "x".repeat(10_000), "' or 1=1", "../*")) {
            assertThat(events.add(Map.of("type", "log", "task", task), events.log(1, "x"))
                            .ok()
                            .data()
                            .path("errors")
                            .asInt())
                    .isEqualTo(1);
        }
    }
}
