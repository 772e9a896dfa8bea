package clearml.acceptance;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EventsWriteTest {

    private final EventCalls events = new EventCalls();
    private final String task = events.task();

    @Test
    void badEventsAreCountedAndTheOthersAdded() {
        String nobody = "0".repeat(32);
        List<Map<String, ?>> batch = new ArrayList<>();
        batch.add(events.event("unknown type"));
        batch.add(Map.of("type", "log"));
        batch.add(Map.of("task", task));
        batch.add(Map.of("type", "log", "task", nobody, "msg", "x"));
        batch.add(Map.of("type", "log", "task", nobody, "msg", "y"));
        events.add(batch).fails("400/131");

        batch.add(events.log(1, "x"));
        assertThatJson(events.add(batch).ok().data().toString())
                .isEqualTo("{\"added\":1,\"errors\":5,\"errors_info\":{\"Invalid event type unknown_type\":1,"
                        + "\"Event must have a 'task' field\":1,\"Event must have a 'type' field\":1,"
                        + "\"Invalid task id " + nobody + "\":2}}");
    }

    @Test
    void nothingAddedSaysWhy() {
        assertThat(events.add(Map.of("type", "log", "task", "0".repeat(32))).message())
                .isEqualTo("Events not added: Invalid task id " + "0".repeat(32) + "=1");
    }

    @Test
    void aBatchOfNothingIsRefused() {
        events.add(List.of()).fails("400/17");
    }

    @Test
    void oneEventCanBeAddedAlone() {
        events.call("add", "type", "log", "task", task, "msg", "alone").ok();

        assertThat(EventCalls.texts(events.read("get_task_log").path("events"), "msg"))
                .containsExactly("alone");
        events.call("add", "type", "log").fails("400/131");
    }

    @Test
    void aBatchInAnOrdinaryBodyIsOneEvent() {
        var answer = events.call("add_batch", "type", "log", "task", task, "msg", "one");

        assertThat(answer.ok().data().path("added").asInt()).isEqualTo(1);
    }

    @Test
    void theContentTypeMayHaveACharsetAndTheMethodMayBeGet() {
        String line = Api.JSON.writeValueAsString(events.log(1, "ä"));
        var answer = events.api()
                .request("/events.add_batch")
                .method("GET")
                .body("application/json-lines; charset=utf-8", line + "\r\n" + line + "\n")
                .send();

        assertThat(answer.ok().data().path("added").asInt()).isEqualTo(2);
    }

    @Test
    void theSameAgainReplacesButLogLinesStay() {
        for (int i = 0; i < 2; i++) {
            events.add(
                            events.scalar(1, "loss", "train", i),
                            events.plot(1, "p", "v", "{\"n\":" + i + "}"),
                            events.image(1, "i", "v", "same.png"),
                            events.log(1, "line"))
                    .ok();
        }

        JsonNode all = events.read("get_task_events");
        assertThat(all.path("total").asInt()).isEqualTo(5);
        assertThat(events.read("get_task_plots").at("/plots/0/plot_str").asString())
                .isEqualTo("{\"n\":1}");
    }

    @Test
    void contradictionsAboutATaskRefuseTheWholeBatch() {
        events.add(events.log(1, "x"), events.event("log", "allow_locked", true))
                .fails("400/12");
        events.add(events.log(1, "x"), events.event("plot", "model_event", true))
                .fails("400/12");

        assertThat(events.read("get_task_log").path("events")).isEmpty();
    }

    @Test
    void aPublishedTaskTakesOnlyWhatIsMeantForIt() {
        String published = events.tasks().bring(events.tasks().create(), "published");
        Map<String, Object> line = events.log(1, "late");
        line.put("task", published);
        events.add(line).fails("400/131");

        line.put("allow_locked", true);
        events.add(line).ok();
        assertThat(events.call("get_task_log", "task", published)
                        .ok()
                        .data()
                        .at("/events/0")
                        .toString())
                .contains("late")
                .doesNotContain("allow_locked");
    }

    @Test
    void whatIsMissingIsFilledIn() {
        long before = System.currentTimeMillis() - 1;
        var line = events.event("log", "msg", "m", "timestamp", null, "custom", Map.of("a", List.of(1, 2)));
        events.api()
                .request("/events.add_batch")
                .header("X-Clearml-Worker", "host-1:gpu0")
                .body("application/json-lines", Api.JSON.writeValueAsString(line))
                .send()
                .ok();

        JsonNode stored = events.read("get_task_log").at("/events/0");
        assertThat(stored.path("timestamp").asLong()).isGreaterThan(before);
        assertThat(stored.path("worker").asString()).isEqualTo("host-1:gpu0");
        assertThat(stored.path("metric").asString()).isEmpty();
        assertThat(stored.path("model_event").isBoolean()).isTrue();
        assertThat(stored.path("@timestamp").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(stored.path("custom").toString()).isEqualTo("{\"a\":[1,2]}");
        assertThat(stored.has("iter")).isFalse();
    }

    @Test
    void textsThatLookLikeDatesAndNumbersStayAsTheyAre() {
        events.add(
                        events.log(1, "2020-01-01 10:00:00"),
                        events.log(2, "10:00:00"),
                        events.scalar(1, "2020-01-01", "10:00", 0.1),
                        events.scalar(2, "2020-01-01", "10:00", 12345678901L))
                .ok();

        assertThat(EventCalls.texts(events.read("get_task_log").path("events"), "msg"))
                .containsExactly("10:00:00", "2020-01-01 10:00:00");
        var raw = events.read("scalar_metrics_iter_raw", "metric", Map.of("metric", "2020-01-01"));
        assertThatJson(raw.at("/variants/10:00/y").toString()).isEqualTo("[0.1,12345678901]");
    }

    @Test
    void timesMayHaveAFraction() {
        Map<String, Object> scalar = events.scalar(1, "m", "v", 1);
        scalar.put("timestamp", 1_700_000_000_000.5);
        events.add(scalar, events.event("log", "timestamp", 1_700_000_000_000.5, "msg", "x"))
                .ok();

        JsonNode line = events.read("get_task_log").at("/events/0");
        assertThat(line.path("timestamp").asDouble()).isEqualTo(1_700_000_000_000.5);
        assertThatJson(events.read("scalar_metrics_iter_histogram", "key", "timestamp")
                        .at("/m/v/x")
                        .toString())
                .isEqualTo("[1700000000000]");
    }

    @Test
    void theOldNameOfTheTimestampIsStillKnown() {
        events.add(events.event("log", "ts", 1234567890123L, "msg", "old")).ok();

        assertThat(events.read("get_task_log").at("/events/0/timestamp").asLong())
                .isEqualTo(1234567890123L);
    }
}
