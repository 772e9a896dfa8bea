package clearml.standalone;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MemoryTest {

    @Test
    void tooLittleIsSaidInOneLineWithBothFigures() {
        assertThatThrownBy(() -> Memory.check(Long.MAX_VALUE))
                .isInstanceOf(StartException.class)
                .hasMessageMatching("too little memory: \\d+ MB are needed, \\d+ MB are available");
    }

    @Test
    void enoughIsEnough() {
        assertThatCode(() -> Memory.check(1 << 20)).doesNotThrowAnyException();
    }
}
