package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What events do to the documents of their tasks. */
class LastMetricsTest {

    private static final String LOSS_TRAIN = "81513effdf5790b79549208838404407/61b3a8faa9c1091806675c230a9abe64";

    private final EventCalls events = new EventCalls();

    @Test
    void twoBatchesMakeOneStatistic() {
        events.add(losses(0, 50)).ok();
        events.add(losses(50, 100)).ok();

        JsonNode last = last();
        assertThat(last.path("metric").asString()).isEqualTo("loss");
        assertThat(last.path("variant").asString()).isEqualTo("train");
        assertThat(values(last, "value", "max_value", "max_value_iteration", "min_value", "min_value_iteration"))
                .containsExactly(99d, 99d, 99d, 0d, 0d);
        assertThat(values(last, "first_value", "first_value_iteration", "count", "mean_value"))
                .containsExactly(0d, 0d, 100d, 49.5);
        JsonNode task = task();
        assertThat(task.path("last_iteration").asLong()).isEqualTo(99);
        assertThat(uniqueMetrics().toString()).isEqualTo("[\"loss/train\"]");
    }

    @Test
    void theMeanOfSmallValuesIsNotRoundedAway() {
        events.add(events.scalar(1, "loss", "train", 0.001)).ok();
        events.add(events.scalar(2, "loss", "train", 0.002)).ok();

        assertThat(last().path("mean_value").asDouble()).isCloseTo(0.0015, org.assertj.core.data.Offset.offset(1e-12));
    }

    @Test
    void ofEqualExtremesTheFirstIterationStays() {
        events.add(events.scalar(5, "loss", "train", 1)).ok();
        events.add(events.scalar(6, "loss", "train", 1)).ok();

        assertThat(values(last(), "min_value_iteration", "max_value_iteration")).containsExactly(5d, 5d);
    }

    @Test
    void theLastOfABatchIsThatOfTheLatestIteration() {
        events.add(
                        events.scalar(7, "loss", "train", 0.7),
                        events.scalar(3, "loss", "train", 0.3),
                        events.scalar(EventCalls.SINGLE_VALUE, "Summary", "acc", 0.9))
                .ok();

        assertThat(values(last(), "value", "first_value", "first_value_iteration"))
                .containsExactly(0.7, 0.3, 3d);
        assertThat(task().path("last_iteration").asLong()).isEqualTo(7);
    }

    @Test
    void singleValuesAndMonitoringDoNotMoveTheLastIteration() {
        events.add(events.scalar(EventCalls.SINGLE_VALUE, "Summary", "acc", 0.9))
                .ok();
        assertThat(task().path("last_iteration").asLong()).isZero();

        events.add(events.scalar(77, ":monitor:machine", "cpu", 1)).ok();
        assertThat(task().path("last_iteration").asLong()).isZero();
    }

    @Test
    void theLabelOfTheAxisIsKeptAndShownInCharts() {
        Map<String, Object> scalar = events.scalar(1, "loss", "train", 1);
        scalar.put("x_axis_label", "Epoch");
        events.add(scalar).ok();
        events.add(events.scalar(2, "loss", "train", 2)).ok();

        assertThat(last().path("x_axis_label").asString()).isEqualTo("Epoch");
        assertThat(events.read("scalar_metrics_iter_histogram")
                        .at("/loss/train/x_axis_label")
                        .asString())
                .isEqualTo("Epoch");
    }

    @Test
    void whoIsInProgressHasADurationAndALastUpdate() {
        events.tasks().bring(events.task(), "in_progress");
        String before = task().path("last_update").asString();
        events.add(events.log(1, "x")).ok();

        assertThat(task().path("active_duration").isIntegralNumber()).isTrue();
        assertThat(task().path("last_update").asString()).isGreaterThan(before);
    }

    @Test
    void theNumberOfSeriesIsLimitedAndKnownOnesGoOn() {
        events.add(series(0, 1_500)).ok();
        events.add(series(1_500, 2_500)).ok();
        events.add(events.scalar(9, "m0", "v", 42)).ok();

        assertThat(uniqueMetrics()).hasSize(2_000);
        assertThat(events.read("get_scalar_metrics_and_variants").path("metrics"))
                .hasSize(2_500);
        long known = task().path("last_metrics")
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .filter(one -> one.path("value").asInt() == 42)
                .count();
        assertThat(known).isEqualTo(1);
    }

    @Test
    void seriesThatTheDocumentHasNoRoomForAreAddedWithoutStatisticsAndKnownOnesGoOn() {
        events.add(events.scalar(1, "loss", "train", 1)).ok();
        String name = "n".repeat(30_000);
        List<Map<String, Object>> batch = new ArrayList<>(List.of(events.scalar(2, "loss", "train", 2)));
        IntStream.range(0, 120).forEach(i -> batch.add(events.scalar(2, name + i, name, i)));
        assertThat(events.add(batch).ok().data().path("added").asInt()).isEqualTo(121);
        events.add(events.scalar(3, "loss", "train", 3)).ok();

        JsonNode task = events.tasks()
                .call(
                        "get_all_ex",
                        Map.of(
                                "id",
                                List.of(events.task()),
                                "only_fields",
                                List.of("last_iteration", "last_metrics." + LOSS_TRAIN.replace('/', '.'))))
                .ok()
                .data()
                .at("/tasks/0");
        assertThat(task.path("last_iteration").asInt()).isEqualTo(3);
        assertThat(values(task.at("/last_metrics/" + LOSS_TRAIN), "value", "count", "min_value"))
                .containsExactly(3d, 3d, 1d);
        assertThat(events.read("get_task_events", "batch_size", 1).path("total").asInt())
                .isEqualTo(123);
    }

    @Test
    void theLabelOfAnAxisIsNoBook() {
        Map<String, Object> scalar = events.scalar(1, "loss", "train", 1);
        scalar.put("x_axis_label", "x".repeat(17_000_000));
        events.add(scalar).ok();

        assertThat(values(last(), "value", "count")).containsExactly(1d, 1d);
        assertThat(last().has("x_axis_label")).isFalse();
    }

    @Test
    void theMetricsWhoseNewestEventIsKnownAreLimitedAsWell() {
        events.add(plots(0, 1_500)).ok();
        events.add(plots(1_500, 2_500)).ok();
        events.add(events.event("plot", "metric", "p0", "variant", "v", "timestamp", 42_000, "plot_str", "{}"))
                .ok();

        JsonNode known = events.tasks()
                .call("get_all_ex", Map.of("id", List.of(events.task()), "only_fields", List.of("metric_stats")))
                .ok()
                .data()
                .at("/tasks/0/metric_stats");
        assertThat(known).hasSize(2_000);
        assertThat(known.valueStream()
                        .filter(metric -> metric.at("/event_stats_by_type/plot/last_update")
                                        .asInt()
                                == 42_000))
                .hasSize(1);
        assertThat(events.call("get_multi_task_metrics", "tasks", List.of(events.task()))
                        .ok()
                        .data()
                        .path("metrics"))
                .hasSize(2_500);
    }

    private List<Map<String, Object>> plots(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i ->
                        events.event("plot", "metric", "p" + i, "variant", "v", "timestamp", 1_000, "plot_str", "{}"))
                .toList();
    }

    @Test
    void batchesAtTheSameTimeLoseNothing() throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Answer>> batches = new ArrayList<>();
            IntStream.range(0, 24).forEach(i -> batches.add(() -> events.add(losses(i * 10, i * 10 + 10))));
            for (var answer : threads.invokeAll(batches)) {
                answer.get().ok();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(values(last(), "count", "min_value", "max_value", "mean_value"))
                .containsExactly(240d, 0d, 239d, 119.5);
        assertThat(task().path("last_iteration").asLong()).isEqualTo(239);
        assertThat(events.read("scalar_metrics_iter_histogram").at("/loss/train/x"))
                .hasSize(240);
    }

    private List<Map<String, Object>> losses(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> events.scalar(i, "loss", "train", i))
                .toList();
    }

    private List<Map<String, Object>> series(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> events.scalar(1, "m" + i, "v", i + 1_000))
                .toList();
    }

    private JsonNode task() {
        return events.tasks().get(events.task());
    }

    private JsonNode uniqueMetrics() {
        return events.tasks()
                .call("get_all_ex", Map.of("id", List.of(events.task()), "only_fields", List.of("unique_metrics")))
                .ok()
                .data()
                .at("/tasks/0/unique_metrics");
    }

    private JsonNode last() {
        return task().at("/last_metrics/" + LOSS_TRAIN);
    }

    private static List<Double> values(JsonNode node, String... names) {
        return IntStream.range(0, names.length)
                .mapToObj(i -> node.path(names[i]).asDouble())
                .toList();
    }
}
