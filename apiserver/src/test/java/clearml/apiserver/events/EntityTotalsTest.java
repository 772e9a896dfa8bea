package clearml.apiserver.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.RawBsonDocument;
import org.bson.codecs.DocumentCodec;
import org.junit.jupiter.api.Test;

class EntityTotalsTest {

    private final EntityTotals totals = new EntityTotals(Set.of(":monitor:gpu"));

    @Test
    void oneSeriesKeepsFirstLastMinAndMaxWithTheirIterations() {
        scalar("loss", 5, 100, 0.5);
        scalar("loss", 3, 101, 0.9);
        scalar("loss", 7, 102, 0.2);
        scalar("loss", 7, 102, 0.4);
        scalar("loss", 6, 200, 0.2);
        SeriesTotals series = only();
        assertThat(series.name()).isEqualTo("loss/train");
        assertThat(series.last()).isEqualTo(0.4);
        assertThat(series.first()).isEqualTo(0.9);
        assertThat(series.firstIteration()).isEqualTo(3);
        assertThat(series.min()).isEqualTo(0.2);
        assertThat(series.minIteration()).isEqualTo(7);
        assertThat(series.max()).isEqualTo(0.9);
        assertThat(series.maxIteration()).isEqualTo(3);
        assertThat(series.count()).isEqualTo(5);
        assertThat(series.total()).isEqualTo(2.2);
        assertThat(totals.lastIteration()).isEqualTo(7);
    }

    @Test
    void whatIsKnownIsKeptAndOfTheRestWhatThereIsRoomFor() {
        for (String metric : new String[] {"new", "known", "newer", "newest"}) {
            scalar(metric, 5, 100, 0.5);
        }

        EntityTotals limited = totals.limited(Set.of("known/train", "other/train"), Set.of("newest", "a", "b"), 4);
        assertThat(limited.series()).extracting(SeriesTotals::metric).containsExactly("new", "known", "newer");
        assertThat(limited.metrics()).containsExactly("new", "newest");
        assertThat(limited.lastIteration()).isEqualTo(5);
    }

    @Test
    void veryManySeriesAreUpdatedInPartsThatMongoDbTakes() {
        for (int i = 0; i < 3_000; i++) {
            scalar("m" + i + "x".repeat(1_000), i, 100, 0.5);
        }

        List<EntityTotals> parts = totals.parts();
        assertThat(parts).hasSizeBetween(2, 8);
        assertThat(parts.stream().flatMap(part -> part.series().stream())).hasSize(3_000);
        assertThat(parts.stream().flatMap(part -> part.metrics().stream()))
                .hasSize(3_000)
                .doesNotHaveDuplicates();
        assertThat(parts.stream().map(EntityTotals::lastIteration))
                .startsWith(2_999L)
                .containsOnlyOnce(2_999L);
        for (EntityTotals part : parts) {
            StatisticsUpdate update = new StatisticsUpdate();
            part.lastTimestamps().forEach((key, time) -> update.lastEvent(key.metric(), key.type(), time));
            update.series(part.series());
            assertThat(new RawBsonDocument(update.stage(), new DocumentCodec())
                            .getByteBuffer()
                            .remaining())
                    .isLessThan(16 * 1024 * 1024);
        }
    }

    @Test
    void aLabelThatIsNoLabelIsNone() {
        labelled(1, "x".repeat(5_000));
        assertThat(only().xAxisLabel()).isNull();
    }

    @Test
    void integersStayIntegers() {
        scalar("loss", 0, 100, 7);
        assertThat(only().last()).isEqualTo(7);
    }

    @Test
    void singleValuesLeaveTheLastIterationAtZero() {
        scalar("Summary", Integer.MIN_VALUE, 100, 0.1);
        assertThat(totals.lastIteration()).isZero();
        assertThat(only().firstIteration()).isEqualTo(Integer.MIN_VALUE);
    }

    @Test
    void monitoredResourcesDontMoveTheIteration() {
        scalar(":monitor:gpu", 1000, 100, 0.1);
        assertThat(totals.lastIteration()).isNull();
    }

    @Test
    void theAxisIsThatOfTheLastValueThatNamesOne() {
        labelled(1, "Epoch");
        labelled(2, null);
        labelled(0, "Step");
        assertThat(only().xAxisLabel()).isEqualTo("Epoch");
    }

    @Test
    void everyMetricAndTypeHasItsNewestTimestamp() {
        scalar("loss", 1, 300, 0.1);
        scalar("loss", 2, 200, 0.1);
        totals.add(EventType.LOG, event("", null, 100L, Map.of()));
        assertThat(totals.lastTimestamps())
                .containsExactly(
                        Map.entry(new EntityTotals.MetricEvents("loss", EventType.TRAINING_STATS_SCALAR), 300L),
                        Map.entry(new EntityTotals.MetricEvents("", EventType.LOG), 100L));
    }

    private SeriesTotals only() {
        assertThat(totals.series()).hasSize(1);
        return totals.series().iterator().next();
    }

    private void scalar(String metric, long iteration, long timestamp, Number value) {
        totals.add(EventType.TRAINING_STATS_SCALAR, event(metric, iteration, timestamp, Map.of("value", value)));
    }

    private void labelled(long iteration, String label) {
        Map<String, Object> more = new HashMap<>();
        more.put("value", 1);
        more.put("x_axis_label", label);
        totals.add(EventType.TRAINING_STATS_SCALAR, event("loss", iteration, 100L, more));
    }

    private static Event event(String metric, Long iteration, long timestamp, Map<String, ?> more) {
        Map<String, Object> fields = new HashMap<>(more);
        fields.put("task", "t");
        fields.put("metric", metric);
        fields.put("variant", "train");
        fields.put("iter", iteration);
        fields.put("timestamp", timestamp);
        return new Event(fields);
    }
}
