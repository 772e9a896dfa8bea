package clearml.apiserver.events;

import static org.assertj.core.api.Assertions.assertThat;

import clearml.apiserver.events.HistogramIntervals.Group;
import clearml.apiserver.events.HistogramIntervals.Series;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistogramIntervalsTest {

    @ParameterizedTest
    @CsvSource({
        "100, 0, 99, 2000, 1, 100",
        "100, 0, 99, 100, 1, 100",
        "100, 0, 99, 10, 10, 10",
        "300, 0, 299, 20, 15, 20",
        "3000, 5, 3004, 2000, 2, 1500",
        "10, 7, 7, 5, 1, 1"
    })
    void theIntervalIsWhatMakesAboutAsManyPointsAsAsked(
            long count, long min, long max, int samples, long interval, long points) {
        assertThat(HistogramIntervals.series("m", "v", count, min, max, samples))
                .isEqualTo(new Series("m", "v", interval, points));
    }

    @Test
    void seriesWithAboutTheSameIntervalShareTheLargest() {
        List<Group> groups = HistogramIntervals.grouped(
                List.of(series("a", 22), series("b", 20), series("c", 23), series("d", 1), series("e", 2)));
        assertThat(groups)
                .containsExactly(
                        new Group(1, List.of(series("d", 1))),
                        new Group(2, List.of(series("e", 2))),
                        new Group(22, List.of(series("b", 20), series("a", 22))),
                        new Group(23, List.of(series("c", 23))));
    }

    @Test
    void aGroupHoldsFiftySeriesOrSixThousandPoints() {
        List<Series> small = new ArrayList<>();
        List<Series> large = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            small.add(series("m" + i, 1));
            large.add(new Series("m" + i, "v", 1, 2000));
        }
        assertThat(HistogramIntervals.grouped(small))
                .extracting(group -> group.series().size())
                .containsExactly(50, 50, 20);
        assertThat(HistogramIntervals.grouped(large))
                .hasSize(40)
                .allMatch(group -> group.series().size() == 3);
    }

    @Test
    void groupsOfTheSameIntervalAreOneSearchUpToALimit() {
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            groups.add(new Group(i < 9 ? 1 : 2, List.of(new Series("m" + i, "v", i < 9 ? 1 : 2, 6_000))));
        }

        List<Group> merged = HistogramIntervals.merged(groups);
        assertThat(merged).extracting(Group::interval).containsExactly(1L, 1L, 1L, 2L);
        assertThat(merged).extracting(group -> group.series().size()).containsExactly(4, 4, 1, 1);
        assertThat(merged.stream().flatMap(group -> group.series().stream()))
                .containsExactlyElementsOf(groups.stream()
                        .flatMap(group -> group.series().stream())
                        .toList());
    }

    private static Series series(String metric, long interval) {
        return new Series(metric, "v", interval, 10);
    }
}
