package clearml.apiserver.queues;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;

import clearml.apiserver.queues.QueueSeries.Measured;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class QueueTotalTest {

    private final Map<Long, Map<String, Measured>> measured = new LinkedHashMap<>();

    private String total(long shown) {
        return JsonMapper.shared()
                .writeValueAsString(new QueueTotal().over(measured, shown).answer());
    }

    @Test
    void longerQueuesCountMore() {
        measured.put(1000L, Map.of("a", new Measured(10, 3), "b", new Measured(2, 1)));

        assertThatJson(total(0))
                .isEqualTo("{queue: 'total', dates: [1000], avg_waiting_times: [8.0], queue_lengths: [4]}");
    }

    @Test
    void aQueueThatWasNotMeasuredCountsWithWhatItWasLast() {
        measured.put(1000L, Map.of("a", new Measured(10, 3)));
        measured.put(2000L, Map.of("b", new Measured(2, 1)));
        measured.put(3000L, Map.of("a", new Measured(0, 0), "b", new Measured(0, 0)));

        assertThatJson(total(2000)).isEqualTo("""
                {queue: 'total', dates: [2000, 3000], avg_waiting_times: [8.0, 0.0], queue_lengths: [4, 0]}
                """);
    }

    @Test
    void nothingMeasuredIsAnEmptySeries() {
        assertThatJson(total(0)).isEqualTo("{queue: 'total', dates: [], avg_waiting_times: [], queue_lengths: []}");
    }
}
