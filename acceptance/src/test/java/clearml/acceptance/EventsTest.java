package clearml.acceptance;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EventsTest {

    private static final long SINGLE_VALUE = Integer.MIN_VALUE;

    private final Api api = Api.user();
    private final String task = api.call(
                    "tasks.create", Map.of("name", "acceptance " + UUID.randomUUID(), "type", "training"))
            .ok()
            .data()
            .path("id")
            .asString();

    @Test
    void whatWasAddedIsReadAtOnceAndCountedInTheTask() {
        add(scalars(0, 50)).ok();
        add(scalars(50, 100)).ok();

        JsonNode points = histogram(Map.of()).path("loss").path("");
        assertThat(points.path("x")).hasSize(100);
        JsonNode stored =
                api.call("tasks.get_by_id", Map.of("task", task)).ok().data().path("task");
        assertThat(stored.path("last_iteration").asLong()).isEqualTo(99);
        JsonNode last = stored.path("last_metrics")
                .path("81513effdf5790b79549208838404407")
                .path("d41d8cd98f00b204e9800998ecf8427e");
        assertThat(last.path("value").asDouble()).isEqualTo(99);
        assertThat(last.path("max_value").asDouble()).isEqualTo(99);
        assertThat(last.path("max_value_iteration").asLong()).isEqualTo(99);
        assertThat(last.path("min_value").asDouble()).isEqualTo(0);
        assertThat(last.path("first_value_iteration").asLong()).isEqualTo(0);
        assertThat(last.path("mean_value").asDouble()).isEqualTo(49.5);
        assertThat(last.path("count").asLong()).isEqualTo(100);
    }

    @Test
    void aHistogramAveragesOverEqualSteps() {
        add(scalars(0, 100)).ok();

        JsonNode points = histogram(Map.of("samples", 10)).path("loss").path("");
        assertThatJson(points.path("x").toString()).isEqualTo("[0,10,20,30,40,50,60,70,80,90]");
        assertThat(points.path("y").path(0).asDouble()).isEqualTo(4.5);
    }

    @Test
    void aSingleValueIsNoPointAndIsReplacedInPlace() {
        add(List.of(scalar(SINGLE_VALUE, 0.25))).ok();
        add(List.of(scalar(SINGLE_VALUE, 0.75))).ok();

        assertThat(histogram(Map.of())).isEmpty();
        JsonNode values = api.call("events.get_task_single_value_metrics", Map.of("tasks", List.of(task)))
                .ok()
                .data()
                .path("tasks")
                .path(0)
                .path("values");
        assertThat(values).hasSize(1);
        assertThat(values.path(0).path("value").asDouble()).isEqualTo(0.75);
    }

    @Test
    void badEventsAreCountedAndTheOthersAdded() {
        List<Map<String, ?>> events = new ArrayList<>();
        events.add(Map.of("type", "unknown type", "task", task));
        events.add(Map.of("type", "log"));
        events.add(Map.of("type", "log", "task", "0".repeat(32), "msg", "x"));
        add(events).fails("400/131");

        events.add(Map.of("type", "log", "task", task, "msg", "x"));
        assertThatJson(add(events).ok().data().toString())
                .isEqualTo("{\"added\":1,\"errors\":3,\"errors_info\":{\"Invalid event type unknown_type\":1,"
                        + "\"Event must have a 'task' field\":1,\"Invalid task id " + "0".repeat(32) + "\":1}}");
    }

    @Test
    void aBatchOfNothingIsRefused() {
        add(List.of()).fails("400/17");
    }

    @Test
    void textsThatLookLikeDatesStayAsTheyAre() {
        add(List.of(Map.of("type", "log", "task", task, "msg", "2020-01-01 10:00:00")))
                .ok();

        assertThat(log(Map.of()).path("events").path(0).path("msg").asString()).isEqualTo("2020-01-01 10:00:00");
    }

    @Test
    void theLogIsReadInBothDirections() {
        add(IntStream.range(0, 10)
                        .mapToObj(i -> Map.of(
                                "type",
                                "log",
                                "task",
                                task,
                                "msg",
                                "m" + i,
                                "timestamp",
                                1_700_000_000_000L + i * 1000))
                        .toList())
                .ok();

        JsonNode newest = log(Map.of("batch_size", 5));
        assertThat(messages(newest)).containsExactly("m9", "m8", "m7", "m6", "m5");
        assertThat(newest.path("total").asLong()).isEqualTo(10);
        long from = newest.path("events").path(4).path("timestamp").asLong();
        assertThat(messages(log(Map.of("batch_size", 5, "from_timestamp", from))))
                .containsExactly("m4", "m3", "m2", "m1", "m0");
        assertThat(messages(log(Map.of("batch_size", 3, "navigate_earlier", false))))
                .containsExactly("m0", "m1", "m2");
    }

    @Test
    void aPlotComesBackAsItWasHoweverLong() {
        String plot = "{\"data\":["
                + IntStream.range(0, 50_000).mapToObj(Integer::toString).collect(Collectors.joining(",")) + "]}";
        add(List.of(Map.of("type", "plot", "task", task, "iter", 1, "metric", "p", "plot_str", "{}")))
                .ok();
        add(List.of(Map.of("type", "plot", "task", task, "iter", 2, "metric", "p", "plot_str", plot)))
                .ok();

        JsonNode plots = api.call("events.get_task_plots", Map.of("task", task))
                .ok()
                .data()
                .path("plots");
        assertThat(plots).hasSize(1);
        assertThat(plots.path(0).path("plot_str").asString()).isEqualTo(plot);
    }

    @Test
    void imagesWhoseFileWasOverwrittenAreNotShown() {
        List<Map<String, ?>> events = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            events.add(image(i, "A", i % 7));
            events.add(image(i, "B", i % 4));
        }
        add(events).ok();

        var first = api.call("events.debug_images", images(Map.of())).ok().data();
        assertThat(iterations(first)).containsExactly("9:2", "8:2", "7:2", "6:2", "5:1");
        Map<String, Object> scroll = Map.of("scroll_id", first.path("scroll_id").asString());
        assertThat(iterations(
                        api.call("events.debug_images", images(scroll)).ok().data()))
                .containsExactly("4:1", "3:1");
        assertThat(iterations(
                        api.call("events.debug_images", images(scroll)).ok().data()))
                .isEmpty();
    }

    @Test
    void allEventsAreListedOnceAlsoWhenAPageEndsAtIterationZero() {
        add(IntStream.range(0, 30)
                        .mapToObj(i -> Map.of(
                                "type",
                                "training_stats_scalar",
                                "task",
                                task,
                                "iter",
                                i / 20,
                                "metric",
                                "m" + i,
                                "value",
                                i))
                        .toList())
                .ok();

        Map<String, Object> request = new HashMap<>(Map.of("task", task, "batch_size", 10));
        List<Integer> returned = new ArrayList<>();
        do {
            JsonNode page = api.call("events.get_task_events", request).ok().data();
            assertThat(page.path("total").asLong()).isEqualTo(30);
            returned.add(page.path("returned").asInt());
            request.put("scroll_id", page.path("scroll_id").asString());
        } while (returned.get(returned.size() - 1) > 0 && returned.size() < 5);
        assertThat(returned).containsExactly(20, 10, 0);
    }

    @Test
    void deletionLeavesNothingAndCounts() {
        add(scalars(0, 20)).ok();
        add(List.of(Map.of("type", "log", "task", task, "msg", "x"))).ok();

        assertThat(api.call("events.delete_for_task", Map.of("task", task))
                        .ok()
                        .data()
                        .path("deleted")
                        .asInt())
                .isEqualTo(21);
        assertThat(histogram(Map.of())).isEmpty();
        assertThat(log(Map.of()).path("events")).isEmpty();
    }

    private Answer add(List<? extends Map<String, ?>> events) {
        String lines = events.stream().map(Api.JSON::writeValueAsString).collect(Collectors.joining("\n"));
        return api.request("/events.add_batch")
                .body("application/json-lines", lines)
                .send();
    }

    private List<Map<String, ?>> scalars(int from, int to) {
        List<Map<String, ?>> events = new ArrayList<>();
        for (int i = from; i < to; i++) {
            events.add(scalar(i, i));
        }
        return events;
    }

    private Map<String, ?> scalar(long iteration, Number value) {
        return Map.of(
                "type", "training_stats_scalar", "task", task, "iter", iteration, "metric", "loss", "value", value);
    }

    private Map<String, ?> image(int iteration, String variant, int file) {
        String name = variant + file + ".png";
        return Map.of(
                "type", "training_debug_image",
                "task", task,
                "iter", iteration,
                "metric", "images",
                "variant", variant,
                "key", name,
                "url", "http://files/" + name);
    }

    private Map<String, Object> images(Map<String, Object> more) {
        Map<String, Object> request = new HashMap<>(more);
        request.put("metrics", List.of(Map.of("task", task)));
        request.put("iters", 5);
        return request;
    }

    /** {@code <iteration>:<events>}. */
    private static List<String> iterations(JsonNode images) {
        List<String> iterations = new ArrayList<>();
        images.path("metrics")
                .path(0)
                .path("iterations")
                .forEach(one -> iterations.add(
                        one.path("iter").asLong() + ":" + one.path("events").size()));
        return iterations;
    }

    private JsonNode histogram(Map<String, ?> more) {
        Map<String, Object> request = new HashMap<>(more);
        request.put("task", task);
        return api.call("events.scalar_metrics_iter_histogram", request).ok().data();
    }

    private JsonNode log(Map<String, ?> more) {
        Map<String, Object> request = new HashMap<>(more);
        request.put("task", task);
        return api.call("events.get_task_log", request).ok().data();
    }

    private static List<String> messages(JsonNode log) {
        List<String> messages = new ArrayList<>();
        log.path("events").forEach(event -> messages.add(event.path("msg").asString()));
        return messages;
    }
}
