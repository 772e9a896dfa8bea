package clearml.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PlotsTest {

    private final EventCalls events = new EventCalls();

    @Test
    void aTaskShowsTheLastPlotsOfEveryVariant() {
        events.add(
                        events.plot(1, "b", "v", "{\"n\":1}"),
                        events.plot(2, "b", "v", "{\"n\":2}"),
                        events.plot(1, "a", "w", "{\"n\":3}"),
                        events.plot(9, "a", "v", "{\"n\":4}"))
                .ok();

        JsonNode last = events.read("get_task_plots");
        assertThat(shown(last)).containsExactly("a/v/9", "a/w/1", "b/v/2");
        assertThat(last.path("total").asInt()).isEqualTo(3);
        assertThat(last.path("returned").asInt()).isEqualTo(3);
        assertThat(last.path("scroll_id").isNull()).isTrue();
        assertThat(shown(events.read("get_task_plots", "iters", 2)))
                .containsExactly("a/v/9", "a/w/1", "b/v/2", "b/v/1");
        assertThat(shown(events.read("get_task_plots", "metrics", List.of(Map.of("metric", "b")))))
                .containsExactly("b/v/2");
    }

    @Test
    void aPlotComesBackAsItWasHoweverLong() {
        String plot = "{\"data\":[\"ä😀\","
                + IntStream.range(0, 50_000).mapToObj(Integer::toString).collect(Collectors.joining(",")) + "]}";
        events.add(events.plot(1, "p", "v", plot)).ok();

        JsonNode shown = events.read("get_task_plots").at("/plots/0");
        assertThat(shown.path("plot_str").asString()).isEqualTo(plot);
        assertThat(shown.path("plot_len").asInt()).isEqualTo(plot.length() - 1);
        assertThat(shown.has("plot_data")).isFalse();
        assertThat(events.read("get_task_events").at("/events/0/plot_str").asString())
                .isEqualTo(plot);
    }

    @Test
    void picturesInPlotsAreNoted() {
        events.add(events.plot(
                        1, "p", "v", "{\"images\":[{\"source\": \"http://files/a.png\"},{'source':'s3://b/c'}]}"))
                .ok();

        assertThat(EventCalls.texts(events.read("get_task_plots").path("plots"), "metric"))
                .containsExactly("p");
        assertThat(events.read("get_task_plots")
                        .at("/plots/0/source_urls")
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactlyInAnyOrder("http://files/a.png", "s3://b/c");
    }

    @Test
    void aPlotThatNobodyCanReadDoesNotHideTheOthers() {
        String noPlot = Base64.getEncoder().encodeToString("nonsense".getBytes());
        events.add(
                        events.event("plot", "iter", 1, "metric", "bad", "plot_data", noPlot),
                        events.plot(1, "empty", "v", ""),
                        events.plot(1, "good", "v", "{}"))
                .ok();

        assertThat(EventCalls.texts(events.read("get_task_plots").path("plots"), "metric"))
                .containsExactly("bad", "empty", "good");
    }

    /** Half a gigabyte at a time, of which the server has one. */
    @Test
    void plotsThatAreMoreThanThereIsMemoryForAreSentAsTheyAreRead() throws Exception {
        String plot = compressed("x".repeat(10_000_000));
        events.add(IntStream.range(0, 25)
                        .mapToObj(i ->
                                events.event("plot", "iter", 1, "metric", "m" + i, "variant", "v", "plot_data", plot))
                        .toList())
                .ok();

        String one = Api.JSON.writeValueAsString(Map.of("task", events.task()));
        String several = Api.JSON.writeValueAsString(Map.of("tasks", List.of(events.task())));
        var threads = Executors.newFixedThreadPool(2);
        try {
            Callable<Long> ofTask = () -> events.api()
                    .request("/v2.23/events.get_task_plots")
                    .json(one)
                    .sendAndCount();
            Callable<Long> compared = () -> events.api()
                    .request("/v2.23/events.get_multi_task_plots")
                    .json(several)
                    .sendAndCount();
            for (var bytes : threads.invokeAll(List.of(ofTask, compared))) {
                assertThat(bytes.get()).isGreaterThan(250_000_000);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** As large ones are stored. */
    private static String compressed(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return Base64.getMimeEncoder().encodeToString(bytes.toByteArray());
    }

    @Test
    void aPageOfManyPlotsIsWholeAndInOrder() {
        events.add(IntStream.range(0, 1_500)
                        .mapToObj(i -> events.plot(i % 3, "m", "v" + (1_000_000 + i), "{\"n\":" + i + "}"))
                        .toList())
                .ok();

        JsonNode last = events.read("get_task_plots");
        assertThat(EventCalls.texts(last.path("plots"), "plot_str"))
                .containsExactlyElementsOf(IntStream.range(0, 1_500)
                        .mapToObj(i -> "{\"n\":" + i + "}")
                        .toList());
        assertThat(last.path("total").asInt()).isEqualTo(1_500);
        assertThat(EventCalls.texts(
                        events.read("get_task_events", "event_type", "plot", "batch_size", 2_000)
                                .path("events"),
                        "plot_str"))
                .hasSize(1_500)
                .doesNotHaveDuplicates()
                .startsWith("{\"n\":0}");
    }

    @Test
    void tasksAreComparedByTheLastIterationOfEachMetric() {
        EventCalls other = new EventCalls();
        events.add(
                        events.plot(1, "a", "v", "{\"n\":1}"),
                        events.plot(2, "a", "v", "{\"n\":2}"),
                        events.plot(1, "b", "v", "{\"n\":3}"))
                .ok();
        other.add(other.plot(7, "a", "v", "{\"n\":4}")).ok();

        var tasks = List.of(events.task(), other.task());
        JsonNode compared =
                events.call("get_multi_task_plots", "tasks", tasks).ok().data();
        assertThat(compared.path("returned").asInt()).isEqualTo(2);
        assertThat(compared.path("total").asInt()).isEqualTo(3);
        assertThat(compared.at("/plots/a/v/" + events.task()).propertyNames()).containsExactly("2");
        assertThat(compared.at("/plots/a/v/" + other.task() + "/7/name").asString())
                .isEqualTo("acceptance task");
        assertThat(compared.at("/plots/b/v/" + events.task() + "/1/plots/0/plot_str")
                        .asString())
                .isEqualTo("{\"n\":3}");

        JsonNode next = events.call("get_multi_task_plots", "tasks", tasks, "scroll_id", compared.path("scroll_id"))
                .ok()
                .data();
        assertThat(next.path("returned").asInt()).isZero();
        JsonNode ofTask = events.call("get_multi_task_plots", "tasks", tasks, "last_iters_per_task_metric", false)
                .ok()
                .data();
        assertThat(ofTask.path("plots").propertyNames()).containsExactly("a");
    }

    @Test
    void beforeVersionOneEightPlotsAreScrolledThrough() {
        events.add(events.plot(1, "a", "v", "{}"), events.plot(2, "a", "v", "{}"))
                .ok();

        JsonNode first = events.read("v1.7/get_task_plots");
        assertThat(shown(first)).containsExactly("a/v/2");
        assertThat(first.path("total").asInt()).isEqualTo(2);
        JsonNode end = events.read("v1.7/get_task_plots", "scroll_id", first.path("scroll_id"));
        assertThat(end.path("plots")).isEmpty();
        assertThat(end.path("scroll_id").asString()).isEqualTo("FFFF");
        JsonNode all = events.call("v1.7/get_multi_task_plots", "tasks", List.of(events.task()), "iters", 2)
                .ok()
                .data();
        assertThat(all.at("/plots/a/v/" + events.task())).hasSize(2);
    }

    @Test
    void aTaskWithoutPlotsHasNone() {
        assertThat(events.read("get_task_plots").toString())
                .isEqualTo("{\"plots\":[],\"returned\":0,\"total\":0,\"scroll_id\":null}");
        assertThat(events.call("get_multi_task_plots", "tasks", List.of(events.task()))
                        .ok()
                        .data()
                        .path("returned")
                        .asInt())
                .isZero();
    }

    @Test
    void wrongRequestsAreRefused() {
        events.call("get_task_plots").fails("400/12");
        events.call("get_task_plots", "task", "nobody").fails("400/101");
        events.call("get_task_plots", "task", "nobody", "model_events", true).fails("400/201");
        events.call("get_multi_task_plots", "tasks", List.of("nobody")).fails("400/101");
        // 500 in the reference
        assertThat(events.call("get_task_plots", "task", events.task(), "iters", 0)
                        .status())
                .isIn(400, 500);
    }

    @Test
    void aResetLeavesNone() {
        events.tasks().bring(events.task(), "stopped");
        events.add(events.plot(1, "a", "v", "{}")).ok();
        events.tasks().on(events.task(), "reset").ok();

        assertThat(events.read("get_task_plots").path("plots")).isEmpty();
    }

    /** {@code <metric>/<variant>/<iteration>}. */
    private static List<String> shown(JsonNode plots) {
        return plots.path("plots")
                .valueStream()
                .map(plot -> plot.path("metric").asString() + "/"
                        + plot.path("variant").asString() + "/"
                        + plot.path("iter").asLong())
                .toList();
    }
}
