package clearml.apiserver.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineFormatTest {

    private static final Map<String, Object> EVENT =
            Map.of("asctime", 1700000000000L, "worker", "w1", "level", "info", "msg", "a\nb");

    @Test
    void placeholdersAreFilledAndTheLineEndsOnce() {
        assertThat(LineFormat.parse("{asctime} {worker} {level} {msg}").fill(EVENT))
                .isEqualTo("1700000000000 w1 info a\nb\n");
        assertThat(LineFormat.parse("{timestamp}: {{{msg}}}\n\n").fill(EVENT)).isEqualTo("1700000000000: {a\nb}\n");
    }

    @Test
    void whatAnEventDoesNotHaveIsLeftOut() {
        assertThat(LineFormat.parse("{level}|{msg}").fill(Map.of("msg", "x"))).isEqualTo("|x\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{msg", "msg}", "{msg:10}", "{msg!r}", "{"})
    void aFormatThatIsNoneIsRefused(String format) {
        assertThatThrownBy(() -> LineFormat.parse(format)).hasMessageContaining("invalid line format");
    }

    @Test
    void unknownPlaceholdersAreNamed() {
        assertThatThrownBy(() -> LineFormat.parse("{nope} {msg}"))
                .hasMessage("Invalid value for fields (undefined placeholders in line format): placeholders=(nope)");
    }
}
