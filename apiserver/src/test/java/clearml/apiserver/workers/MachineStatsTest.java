package clearml.apiserver.workers;

import static org.assertj.core.api.Assertions.assertThat;

import clearml.apiserver.call.RequestBinder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MachineStatsTest {

    private static List<String> documents(Map<String, Object> stats) {
        return RequestBinder.bind(MachineStats.class, stats).documents("w", null, 5).stream()
                .map(document -> document.get("category") + " " + document.get("metric") + " " + document.get("variant")
                        + " " + document.get("value"))
                .toList();
    }

    @Test
    void listsHaveADocumentForEachItemAndNumbersOneTotal() {
        assertThat(documents(Map.of("gpu_memory_used", List.of(10, 0), "memory_free", 7.5)))
                .containsExactly(
                        "gpu gpu_memory_used 0 10.0", "gpu gpu_memory_used 1 0.0", "memory memory_free total 7.5");
    }

    @Test
    void whatIsEmptyOrZeroOrUnknownHasNone() {
        Map<String, Object> stats = new HashMap<>(
                Map.of("cpu_usage", List.of(), "disk_read", 0, "gpu_fraction", List.of(1), "network_tx", Double.NaN));
        stats.put("memory_used", null);
        stats.put("cpu_temperature", null);

        assertThat(documents(stats)).isEmpty();
    }

    @Test
    void aNumberThatIsNoneDoesNotKeepTheOthersOut() {
        assertThat(documents(Map.of("cpu_usage", Arrays.asList(Double.NaN, 3)))).containsExactly("cpu cpu_usage 1 3.0");
    }

    @Test
    void documentsSayWhoReportedWhen() {
        Map<String, Object> document = new HashMap<>(RequestBinder.bind(MachineStats.class, Map.of("disk_write", 1))
                .documents("m1:gpu0", "t", 1_795_239_567_000L)
                .get(0));

        assertThat(document)
                .containsEntry("timestamp", 1_795_239_567_000L)
                .containsEntry("worker", "m1:gpu0")
                .containsEntry("task", "t");
    }
}
