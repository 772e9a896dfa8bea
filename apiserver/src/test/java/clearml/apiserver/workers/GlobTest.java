package clearml.apiserver.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "m1:gpu*, m1:gpu0, true",
        "m1:gpu*, m1:gpu, true",
        "m1:gpu*, m10:gpu0, false",
        "*gpu0, m1:gpu0, true",
        "*gpu0, m1:gpu01, false",
        "m?:gpu0, m1:gpu0, true",
        "m?:gpu0, m:gpu0, false",
        "gpu[0-3], gpu2, true",
        "gpu[0-3], gpu4, false",
        "gpu[02], gpu2, true",
        "gpu[02], gpu1, false",
        "gpu[^0], gpu1, true",
        "gpu[^0], gpu0, false",
        "a\\*b, a*b, true",
        "a\\*b, axb, false",
        "a*b*c, a1b2b3c, true",
        "a*b*c, a1c2b, false",
        "a.c, abc, false",
    })
    void patternsAreThoseOfRedis(String pattern, String text, boolean matches) {
        assertThat(new Glob(pattern).matches(text)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "[^", "[a-", "\\", "]", "[]", "**", ""})
    void anyTextIsAPattern(String pattern) {
        assertThatCode(() -> new Glob(pattern).matches("worker")).doesNotThrowAnyException();
    }

    @Test
    void noPatternTakesLong() {
        Glob slow = new Glob("*a".repeat(500) + "b");

        boolean matches =
                Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> slow.matches("a".repeat(5_000)));
        assertThat(matches).isFalse();
    }
}
