package clearml.apiserver.organization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clearml.apiserver.call.ApiException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageDaysTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T07:23:47, 2026-11-21T07:40:56, 2026-11-20T00:00:00Z, 2",
        "2026-11-20T07:23:47Z, 2026-11-20T07:40:56.5Z, 2026-11-20T00:00:00Z, 1",
        "2026-11-20T01:00:00+02:00, 2026-11-20T23:00:00, 2026-11-19T22:00:00Z, 2",
        "2026-11-20, 2026-11-22 10:00:00, 2026-11-20T00:00:00Z, 3"
    })
    void daysBeginAtMidnightWhereTheFirstTimeIs(String from, String to, Instant start, int count) {
        assertThat(UsageDays.of(from, to)).isEqualTo(new UsageDays(start.toEpochMilli(), count));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T00:00:01, 2026-11-21T00:00:00",
        "yesterday, 2026-11-21",
        "2026-11-21, 2026-13-01",
        "0001-01-01, 9999-01-01"
    })
    void whatAreNoDaysIsRefused(String from, String to) {
        assertThatThrownBy(() -> UsageDays.of(from, to))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("Validation error");
    }

    @Test
    void aTimeIsDividedAmongItsDays() {
        var days = UsageDays.of("2026-11-20", "2026-11-22");
        var hour = 3_600_000L;

        assertThat(days.split(days.start() + 23 * hour, days.start() + 49 * hour))
                .containsExactly(hour, 24 * hour, hour);
        assertThat(days.split(days.start() - hour, days.start() + 100 * hour))
                .containsExactly(24 * hour, 24 * hour, 24 * hour);
        assertThat(days.split(days.start() + hour, days.start())).containsExactly(0, 0, 0);
    }
}
