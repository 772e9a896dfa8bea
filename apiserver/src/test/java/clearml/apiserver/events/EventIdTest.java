package clearml.apiserver.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventIdTest {

    private static final String TASK = "1".repeat(32);

    @ParameterizedTest
    @CsvSource({
        "5, loss, train, e8a6beaebc23a3bbaded6d46c84dccf3",
        ", loss, train, 3089ab1f5d17b9d990647c199941cb2d",
        "-2147483648, Summary, acc, 8d1edfb9887e7b9f535aa1230d5dec27"
    })
    void theIdIsTheHashOfWhatIsPresent(Long iteration, String metric, String variant, String id) {
        Map<String, Object> event = event(metric, variant);
        if (iteration != null) {
            event.put("iter", iteration);
        }
        assertThat(EventId.of(event)).isEqualTo(id);
    }

    @Test
    void aNullCountsAsTheTextNone() {
        Map<String, Object> event = event("loss", "");
        event.put("iter", null);
        assertThat(EventId.of(event)).isEqualTo("4ff7280fac91b712428aea5d79592427");
    }

    @ParameterizedTest
    @CsvSource({"files/img_a_00.jpg, 36595b215c1d96bc2264067dfa7ddead", ", 3014a4f57e1a67ca296a0758447120c4"})
    void aKeyMakesAnotherImage(String key, String id) {
        Map<String, Object> event = event("img", "a");
        event.put("iter", 0L);
        event.put("key", key);
        assertThat(EventId.of(event)).isEqualTo(id);
    }

    private static Map<String, Object> event(String metric, String variant) {
        return new HashMap<>(Map.of("task", TASK, "metric", metric, "variant", variant));
    }
}
