package clearml.acceptance;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RawScalarsTest {

    private static final String RAW = "scalar_metrics_iter_raw";

    private final EventCalls events = new EventCalls();
    private final Map<String, Object> loss = Map.of("metric", "loss");

    @Test
    void everyValueIsReadOnceInPages() {
        events.add(IntStream.range(0, 100)
                        .mapToObj(i -> events.scalar(i, "loss", "train", i))
                        .toList())
                .ok();

        JsonNode page = events.read(RAW, "metric", loss, "batch_size", 15, "count_total", true);
        int calls = 0;
        int points = 0;
        while (page.path("returned").asInt() > 0 && calls < 20) {
            calls++;
            points += page.at("/variants/train/y").size();
            assertThat(page.path("total").asInt()).isEqualTo(100);
            assertThat(page.path("scroll_id").asString()).isNotEmpty();
            page = events.read(RAW, "metric", loss, "count_total", true, "scroll_id", page.path("scroll_id"));
        }
        assertThat(calls).isEqualTo(7);
        assertThat(points).isEqualTo(100);
        assertThat(page.path("variants")).isEmpty();
    }

    @Test
    void valuesAndIterationsAreExact() {
        events.add(
                        events.scalar(2, "loss", "train", 0.1),
                        events.scalar(EventCalls.SINGLE_VALUE, "loss", "train", 3),
                        events.scalar(9_007_199_254_740_993L, "loss", "train", 1.0e-7))
                .ok();

        JsonNode raw = events.read(RAW, "metric", loss);
        assertThatJson(raw.path("variants").toString())
                .isEqualTo("{\"train\":{\"y\":[3,0.1,1.0E-7],\"iter\":[-2147483648,2,9007199254740993]}}");
        assertThat(raw.path("total").isNull()).isTrue();
    }

    @Test
    void theKeyMayBeTime() {
        var scalar = events.scalar(2, "loss", "train", 0.5);
        scalar.put("timestamp", 1_700_000_000_000L);
        events.add(scalar).ok();

        for (String key : List.of("timestamp", "iso_time")) {
            assertThatJson(events.read(RAW, "metric", loss, "key", key)
                            .path("variants")
                            .toString())
                    .isEqualTo("{\"train\":{\"y\":[0.5],\"" + key + "\":[1700000000000]}}");
        }
    }

    @Test
    void timesWrittenAsTextAreGoneThroughToo() {
        events.add(IntStream.range(0, 3)
                        .mapToObj(i -> {
                            var scalar = events.scalar(i, "loss", "train", i);
                            scalar.put("timestamp", "170000000000" + i);
                            return scalar;
                        })
                        .toList())
                .ok();

        Map<String, Object> request =
                new HashMap<>(Map.of("task", events.task(), "metric", loss, "batch_size", 1, "key", "timestamp"));
        for (int i = 0; i < 3; i++) {
            JsonNode page = events.api().call("events." + RAW, request).ok().data();
            assertThatJson(page.at("/variants/train/y").toString()).isEqualTo("[" + i + "]");
            request.put("scroll_id", page.path("scroll_id"));
        }
    }

    @Test
    void aPageThatEndsAtZeroGoesOnFromThere() {
        events.add(IntStream.range(0, 30)
                        .mapToObj(i -> events.scalar(i / 20, "loss", "v" + i, i))
                        .toList())
                .ok();

        Map<String, Object> request = new HashMap<>(Map.of("task", events.task(), "metric", loss, "batch_size", 10));
        JsonNode first = events.api().call("events." + RAW, request).ok().data();
        assertThat(first.path("returned").asInt()).isEqualTo(20);
        request.put("scroll_id", first.path("scroll_id"));
        JsonNode second = events.api().call("events." + RAW, request).ok().data();
        assertThat(second.path("variants").propertyNames()).hasSize(10).contains("v20", "v29");
    }

    @Test
    void wrongRequestsAreRefused() {
        String task = events.task();
        events.call(RAW, "task", task).fails("400/12");
        events.call(RAW, "task", task, "metric", loss, "batch_size", -1).fails("400/12");
        events.call(RAW, "task", task, "metric", loss, "scroll_id", "nonsense").fails("400/1104");
        events.call(RAW, "task", "nobody", "metric", loss).fails("400/101");
        events.call("v2.15/" + RAW, "task", task, "metric", loss).fails("404/0");
    }
}
