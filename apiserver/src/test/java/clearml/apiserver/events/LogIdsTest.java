package clearml.apiserver.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogIdsTest {

    private final LogIds ids = new LogIds();

    @Test
    void everyLineOfACallHasItsOwn() {
        var call = ids.of(List.of(line("x", 1L), line("x", 1L)));

        assertThat(call.next()).matches("[0-9a-f]{32}").isNotEqualTo(call.next());
    }

    @Test
    void aCallThatIsRepeatedGivesTheSame() {
        var call = ids.of(List.of(line("x", 1L), line("y", 2L)));
        var repeated = ids.of(List.of(line("x", 1L), line("y", 2L)));

        assertThat(repeated.next()).isEqualTo(call.next());
        assertThat(repeated.next()).isEqualTo(call.next());
    }

    @Test
    void theSameAfterItWasAcknowledgedIsNew() {
        var call = ids.of(List.of(line("x", 1L)));
        call.acknowledge();

        assertThat(ids.of(List.of(line("x", 1L))).next()).isNotEqualTo(call.next());
    }

    @Test
    void anotherCallHasOthers() {
        String id = ids.of(List.of(line("x", 1L))).next();

        assertThat(ids.of(List.of(line("x", 2L))).next()).isNotEqualTo(id);
        assertThat(ids.of(List.of(line("y", 1L))).next()).isNotEqualTo(id);
        assertThat(ids.of(List.of(line("x", 1L), line("y", 1L))).next()).isNotEqualTo(id);
    }

    @Test
    void aLineWithoutTimeIsNeverTheSame() {
        assertThat(ids.of(List.of(line("x", null))).next())
                .isNotEqualTo(ids.of(List.of(line("x", null))).next());
    }

    private static Event line(String message, Long timestamp) {
        Map<String, Object> fields = new HashMap<>(Map.of("type", "log", "task", "t", "msg", message));
        fields.put("timestamp", timestamp);
        return new Event(fields);
    }
}
