package clearml.acceptance;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ScalarsTest {

    private final EventCalls events = new EventCalls();

    @Test
    void aShortSeriesIsExact() {
        events.add(losses(0, 100)).ok();

        for (int samples : new int[] {2_000, 100}) {
            JsonNode loss = events.read("scalar_metrics_iter_histogram", "samples", samples)
                    .at("/loss/train");
            assertThat(loss.path("name").asString()).isEqualTo("train");
            assertThat(loss.path("x")).hasSize(100);
            assertThat(loss.path("y").toString())
                    .isEqualTo(loss.path("x")
                            .valueStream()
                            .map(x -> x.asDouble() + "")
                            .toList()
                            .toString()
                            .replace(" ", ""));
        }
    }

    @Test
    void aLongSeriesIsAveragedOverEqualSteps() {
        events.add(losses(0, 100)).ok();

        JsonNode loss =
                events.read("scalar_metrics_iter_histogram", "samples", 10).at("/loss/train");
        assertThatJson(loss.path("x").toString()).isEqualTo("[0,10,20,30,40,50,60,70,80,90]");
        assertThatJson(loss.path("y").toString()).isEqualTo("[4.5,14.5,24.5,34.5,44.5,54.5,64.5,74.5,84.5,94.5]");
    }

    @Test
    void theBoundsOfEveryPointAreThereForWhoAsks() {
        events.add(losses(0, 100)).ok();

        JsonNode loss = events.read("scalar_metrics_iter_histogram", "samples", 10, "include_bounds", true)
                .at("/loss/train");
        assertThatJson(loss.path("y").toString()).isEqualTo("[4.5,14.5,24.5,34.5,44.5,54.5,64.5,74.5,84.5,94.5]");
        assertThatJson(loss.path("min").toString()).isEqualTo("[0.0,10.0,20.0,30.0,40.0,50.0,60.0,70.0,80.0,90.0]");
        assertThatJson(loss.path("max").toString()).isEqualTo("[9.0,19.0,29.0,39.0,49.0,59.0,69.0,79.0,89.0,99.0]");
        assertThat(events.read("scalar_metrics_iter_histogram", "samples", 10)
                        .at("/loss/train")
                        .propertyNames())
                .containsExactlyInAnyOrder("name", "x", "y");
        JsonNode compared = events.call(
                        "multi_task_scalar_metrics_iter_histogram",
                        "tasks",
                        List.of(events.task()),
                        "samples",
                        10,
                        "include_bounds",
                        true)
                .ok()
                .data()
                .at("/metrics/loss/train/" + events.task());
        assertThat(compared.path("min")).isEqualTo(loss.path("min"));
        assertThat(compared.path("max")).isEqualTo(loss.path("max"));
    }

    @Test
    void theAxisMayBeTime() {
        Map<String, Object> scalar = events.scalar(1, "loss", "train", 2);
        scalar.put("timestamp", 1_700_000_000_000L);
        events.add(scalar).ok();

        assertThatJson(events.read("scalar_metrics_iter_histogram", "key", "timestamp")
                        .at("/loss/train/x")
                        .toString())
                .isEqualTo("[1700000000000]");
        assertThatJson(events.read("scalar_metrics_iter_histogram", "key", "iso_time")
                        .at("/loss/train/x")
                        .toString())
                .isEqualTo("[\"2023-11-14T22:13:20.000Z\"]");
    }

    @Test
    void metricsAndVariantsCanBeChosen() {
        events.add(
                        events.scalar(1, "a", "x", 1),
                        events.scalar(1, "a", "y", 1),
                        events.scalar(1, "b", "x", 1),
                        events.scalar(1, "c", "x", 1))
                .ok();

        var chosen = List.of(Map.of("metric", "a", "variants", List.of("y")), Map.of("metric", "b"));
        JsonNode found = events.read("scalar_metrics_iter_histogram", "metrics", chosen);
        assertThat(found.propertyNames()).containsExactlyInAnyOrder("a", "b");
        assertThat(found.path("a").propertyNames()).containsExactly("y");
    }

    @Test
    void seriesOfDifferentLengthAreThinnedEachInItsWay() {
        events.add(losses(0, 1_000)).ok();
        events.add(events.scalar(3, "short", "v", 1), events.scalar(900, "short", "v", 2))
                .ok();

        JsonNode found = events.read("scalar_metrics_iter_histogram", "samples", 50);
        assertThatJson(found.at("/short/v/x").toString()).isEqualTo("[3,900]");
        assertThat(found.at("/loss/train/x")).hasSize(50);
    }

    @Test
    void aTaskWithoutScalarsHasNone() {
        assertThat(events.read("scalar_metrics_iter_histogram")).isEmpty();
        assertThat(events.read("get_scalar_metrics_and_variants").path("metrics"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"samples\":0}", "{\"samples\":6001}", "{\"samples\":-1}", "{\"key\":\"x\"}"})
    void wrongArgumentsAreRefused(String arguments) {
        String request = arguments.replaceFirst("}$", ",\"task\":\"" + events.task() + "\"}");
        events.api().call("events.scalar_metrics_iter_histogram", request).fails("400/12");
    }

    @Test
    void unknownTasksAndModelsAreRefused() {
        events.call("scalar_metrics_iter_histogram", "task", "nobody").fails("400/101");
        events.call("scalar_metrics_iter_histogram", "task", "nobody", "model_events", true)
                .fails("400/201");
        events.call("scalar_metrics_iter_histogram").fails("400/12");
        events.call("multi_task_scalar_metrics_iter_histogram", "tasks", List.of(events.task(), "nobody"))
                .fails("400/101");
        events.call("multi_task_scalar_metrics_iter_histogram", "tasks", List.of())
                .fails("400/12");
        events.call(
                        "multi_task_scalar_metrics_iter_histogram",
                        "tasks",
                        IntStream.range(0, 101).mapToObj(i -> "t" + i).toList())
                .fails("400/12");
    }

    @Test
    void tasksAreComparedByMetricVariantAndTask() {
        EventCalls other = new EventCalls();
        events.add(events.scalar(1, "loss", "train", 1)).ok();
        other.add(other.scalar(2, "loss", "train", 2)).ok();

        JsonNode compared = events.call(
                        "multi_task_scalar_metrics_iter_histogram", "tasks", List.of(events.task(), other.task()))
                .ok()
                .data()
                .at("/metrics/loss/train");
        assertThatJson(compared.path(events.task()).toString())
                .isEqualTo("{\"name\":\"acceptance task\",\"x\":[1],\"y\":[1.0]}");
        assertThatJson(compared.path(other.task()).path("x").toString()).isEqualTo("[2]");
    }

    @Test
    void aSingleValueIsNoPointAndIsReplacedInPlace() {
        events.add(events.scalar(EventCalls.SINGLE_VALUE, "Summary", "acc", 0.25))
                .ok();
        events.add(events.scalar(EventCalls.SINGLE_VALUE, "Summary", "acc", 0.1))
                .ok();

        assertThat(events.read("scalar_metrics_iter_histogram")).isEmpty();
        EventCalls without = new EventCalls();
        JsonNode tasks = events.call("get_task_single_value_metrics", "tasks", List.of(without.task(), events.task()))
                .ok()
                .data()
                .path("tasks");
        assertThat(tasks).hasSize(1);
        assertThat(tasks.at("/0/task").asString()).isEqualTo(events.task());
        assertThat(tasks.at("/0/task_name").asString()).isEqualTo("acceptance task");
        assertThatJson(tasks.at("/0/values").toString())
                .whenIgnoringPaths("[*].timestamp")
                .isEqualTo("[{\"metric\":\"Summary\",\"variant\":\"acc\",\"value\":0.1,\"timestamp\":0}]");
    }

    @Test
    void singleValuesOfManyTasksAreAllThere() {
        EventCalls other = new EventCalls();
        for (EventCalls one : List.of(events, other)) {
            one.add(IntStream.range(0, 5_100)
                            .mapToObj(i -> one.scalar(EventCalls.SINGLE_VALUE, "Summary", "v" + i, i))
                            .toList())
                    .ok();
        }

        JsonNode tasks = events.call("get_task_single_value_metrics", "tasks", List.of(events.task(), other.task()))
                .ok()
                .data()
                .path("tasks");
        assertThat(tasks.valueStream().map(task -> task.path("values").size())).containsExactly(5_100, 5_100);
    }

    @Test
    void theLatestValuesAreThoseOfTheLatestIterationAlsoBelowZero() {
        events.add(
                        events.scalar(1, "loss", "train", 5),
                        events.scalar(4, "loss", "train", -2),
                        events.scalar(4, "loss", "zero", 0))
                .ok();

        JsonNode latest = events.read("get_task_latest_scalar_values");
        assertThat(latest.path("last_iter").asLong()).isEqualTo(4);
        assertThat(latest.path("last_timestamp").isNumber()).isTrue();
        assertThat(latest.path("name").asString()).isEqualTo("acceptance task");
        assertThatJson(latest.path("metrics").toString())
                .isEqualTo("[{\"name\":\"loss\",\"variants\":["
                        + "{\"name\":\"train\",\"last_value\":-2.0,\"last_10_value\":-2.0},"
                        + "{\"name\":\"zero\",\"last_value\":0.0,\"last_10_value\":0.0}]}]");
    }

    @Test
    void oneMetricIsReadPageByPage() {
        events.add(losses(0, 700)).ok();

        JsonNode first = events.read("get_scalar_metric_data", "metric", "loss");
        assertThat(first.path("returned").asInt()).isEqualTo(500);
        assertThat(first.path("total").asInt()).isEqualTo(700);
        assertThat(first.at("/events/0/iter").asInt()).isEqualTo(699);
        JsonNode second = events.read("get_scalar_metric_data", "metric", "loss", "scroll_id", first.path("scroll_id"));
        assertThat(second.path("events")).hasSize(200);
        JsonNode end = events.read("get_scalar_metric_data", "metric", "loss", "scroll_id", second.path("scroll_id"));
        assertThat(end.path("events")).isEmpty();
        assertThat(end.path("scroll_id").asString()).isEqualTo("FFFF");
        assertThat(events.read("get_scalar_metric_data", "metric", "loss", "no_scroll", true)
                        .path("scroll_id")
                        .isNull())
                .isTrue();
    }

    private List<Map<String, Object>> losses(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> events.scalar(i, "loss", "train", i))
                .toList();
    }
}
