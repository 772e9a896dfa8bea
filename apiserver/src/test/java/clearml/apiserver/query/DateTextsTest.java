package clearml.apiserver.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateTextsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-21 | 2026-11-21T00:00:00Z",
                "2026-11-21T05:34 | 2026-11-21T05:34:00Z",
                "2026-11-21T05:34:13.687000 | 2026-11-21T05:34:13.687Z",
                "2026-11-21 05:34:13,5 | 2026-11-21T05:34:13.500Z",
                "2026-11-21T05:34:13Z | 2026-11-21T05:34:13Z",
                "2026-11-21T05:34:13+02:00 | 2026-11-21T03:34:13Z",
                "2026-11-21T05:34:13.1-0330 | 2026-11-21T09:04:13.100Z",
                "2026-11-21T05:34:13+02 | 2026-11-21T03:34:13Z",
                "20261121 | 2026-11-21T00:00:00Z",
                "20261121T053413 | 2026-11-21T05:34:13Z",
                "11/21/2026 | 2026-11-21T00:00:00Z",
                "2026/11/21 5:34 PM | 2026-11-21T17:34:00Z",
                "Nov 21, 2026 05:34 | 2026-11-21T05:34:00Z",
                "21 November 2026 | 2026-11-21T00:00:00Z",
                "Sat, 21 Nov 2026 05:34:13 GMT | 2026-11-21T05:34:13Z",
                "' 2026-11-21 ' | 2026-11-21T00:00:00Z"
            })
    void dates_are_read_in_many_forms(String text, Instant moment) {
        assertThat(DateTexts.parse(text)).isEqualTo(Date.from(moment));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "zz", "2026-13-01", "2026-11-21T25:00:00", "tomorrow", "2026-11-21T05:34:13+99:00"})
    void what_is_no_date_is_none(String text) {
        assertThat(DateTexts.parse(text)).isNull();
    }

    @Test
    void missing_parts_are_todays() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        assertThat(DateTexts.parse("2020").toInstant().atOffset(ZoneOffset.UTC).getMonth())
                .isEqualTo(today.getMonth());
        assertThat(DateTexts.parse("10:30").toInstant())
                .isEqualTo(today.atTime(10, 30).toInstant(ZoneOffset.UTC));
    }
}
