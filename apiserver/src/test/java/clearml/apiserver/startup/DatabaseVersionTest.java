package clearml.apiserver.startup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseVersionTest {

    @ParameterizedTest
    @CsvSource({"1.9.0, 1.9.0, 0", "1.10.0, 1.9.0, 1", "0.17.0, 1.0.0, -1", "0.0.0, 0.12.1, -1"})
    void versionsCompareByPart(String one, String other, int sign) {
        assertThat(Integer.signum(DatabaseVersion.compare(one, other))).isEqualTo(sign);
    }
}
