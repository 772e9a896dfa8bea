package clearml.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {

    @Test
    void theLastOneIsClosedFirstAndAFailureStopsNothing() {
        List<String> closed = new ArrayList<>();
        Closing closing = new Closing();
        closing.add(() -> closed.add("lock"));
        closing.add(() -> {
            throw new IllegalStateException("broken");
        });
        closing.add(() -> closed.add("server"));

        closing.close();
        closing.close();

        assertThat(closed).containsExactly("server", "lock");
    }
}
