package clearml.apiserver.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.store.elastic.SearchAnswer.Bucket;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StatsRangeTest {

    @Test
    void intervalsAreNotShorterThanConfigured() {
        assertThat(StatsRange.of(0, 400, 1, 40).interval()).isEqualTo(40);
        assertThat(StatsRange.of(0, 400, 100, 40).interval()).isEqualTo(100);
    }

    @Test
    void aRangeEndsAfterItBegins() {
        assertThatThrownBy(() -> StatsRange.of(400, 400, 1, 40))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.error()).isEqualTo(ApiError.FIELDS_VALUE_ERROR));
    }

    @Test
    void moreIntervalsThanCanBeSearchedAreRefused() {
        assertThatThrownBy(() -> StatsRange.of(0, 2e9, 40, 40)).isInstanceOf(ApiException.class);
    }

    @Test
    void noBeginningIsNoLimit() {
        assertThat(StatsRange.of(0, 400, 40, 40).query())
                .isEqualTo(Map.of("range", Map.of("timestamp", Map.of("lte", 400L, "format", "epoch_second"))));
    }

    @Test
    void intervalsThatHaveOnlyBegunAreLeftOut() {
        List<Bucket> buckets = Stream.of(280, 320, 360, 400)
                .map(seconds -> new Bucket(Map.of("key", seconds * 1000L)))
                .toList();

        assertThat(StatsRange.of(0, 400, 40, 40).whole(buckets))
                .extracting(Bucket::number)
                .containsExactly(280_000L, 320_000L, 360_000L);
        assertThat(StatsRange.of(0, 395, 40, 40).whole(buckets)).hasSize(2);
    }
}
