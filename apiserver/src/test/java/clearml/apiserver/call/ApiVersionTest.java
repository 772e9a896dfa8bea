package clearml.apiserver.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiVersionTest {

    @Test
    void partsAreComparedAsNumbers() {
        assertThat(Stream.of("2.13", "2.8", "20", "1.5", "2.1", "999.0")
                        .map(ApiVersion::of)
                        .sorted())
                .extracting(ApiVersion::text)
                .containsExactly("1.5", "2.1", "2.8", "2.13", "20", "999.0");
    }

    @Test
    void aMissingPartIsZero() {
        assertThat(ApiVersion.of("20")).isEqualTo(ApiVersion.of("20.0")).hasSameHashCodeAs(ApiVersion.of("20.0"));
    }

    @ParameterizedTest
    @CsvSource({"2.9, 2.13, true", "2.13, 2.13, false", "2.14, 2.13, false", "1.0, 2.0, true"})
    void beforeIsStrict(String version, String other, boolean before) {
        assertThat(ApiVersion.of(version).before(other)).isEqualTo(before);
    }

    @Test
    void theNewestIsTheOneOfTheSpecification() {
        assertThat(ApiVersion.MAX.text()).isEqualTo("2.34");
    }

    @Test
    void metaHasNumbersForOldRequests() {
        assertThat(ApiVersion.of("1.0").inMeta(ApiVersion.of("2.0"))).isEqualTo(1.0);
        assertThat(ApiVersion.of("1.0").inMeta(ApiVersion.of("2.1"))).isEqualTo("1.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"02.9", "2.09", "99999999999.1"})
    void whatIsNoVersionIsRefused(String text) {
        assertThatThrownBy(() -> ApiVersion.of(text))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> assertThat(e.error()).isEqualTo(ApiError.REQUEST_PATH_HAS_INVALID_VERSION));
    }
}
