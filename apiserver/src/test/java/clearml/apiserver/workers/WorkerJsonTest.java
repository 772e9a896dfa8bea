package clearml.apiserver.workers;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerJsonTest {

    private static final Instant TIME = Instant.parse("2026-11-21T05:40:24.259Z");

    private static Worker worker(Named task, List<String> tags) {
        return new Worker(
                "worker_c_u_12:00:00",
                "12:00:00",
                new Named("u", "tests"),
                new Named("c", "clearml"),
                "10.0.0.7",
                task,
                null,
                null,
                List.of("q"),
                TIME,
                600,
                TIME,
                null,
                tags,
                List.of());
    }

    @Test
    void anEntryIsWrittenTheWayOtherServersReadIt() {
        assertThatJson(WorkerJson.text(worker(new Named("t", "train"), List.of("2024-05-01"))))
                .isEqualTo("""
                {"key": "worker_c_u_12:00:00", "id": "12:00:00", "user": {"id": "u", "name": "tests"},
                 "company": {"id": "c", "name": "clearml"}, "ip": "10.0.0.7", "task": {"id": "t", "name": "train"},
                 "queues": ["q"], "register_time": "2026-11-21T05:40:24.259000+00:00", "register_timeout": 600,
                 "last_activity_time": "2026-11-21T05:40:24.259000+00:00", "tags": ["2024-05-01"], "system_tags": []}
                """);
    }

    @Test
    void whatIsWrittenIsReadAsItWas() {
        Worker worker = worker(null, List.of("2024-05-01", "ü \" \\"));

        assertThat(WorkerJson.read(worker.key(), WorkerJson.text(worker))).isEqualTo(worker);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T05:40:24.259000+00:00",
        "2026-11-21T05:40:24.259",
        "2026-11-21T05:40:24.259Z",
        "2026-11-21T07:40:24.259000+02:00"
    })
    void timesAreInUtcUnlessTheySayOtherwise(String text) {
        assertThat(WorkerJson.time(text)).isEqualTo(TIME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{}", "{\"id\":\"a\"}", "{\"id\":\"a\",\"register_time\":\"x\"}", "\"a\"", "nothing"})
    void whatIsNoWorkerIsNotTakenForOne(String text) {
        assertThatThrownBy(() -> WorkerJson.read("key", text)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void unknownMembersAndOddValuesDoNoHarm() {
        Worker read = WorkerJson.read("k", """
                {"id": 7, "user": null, "task": "t", "queues": null, "register_time": "2026-11-21T05:40:24",
                 "last_activity_time": "2026-11-21T05:40:24", "register_timeout": "600", "more": {}}
                """);

        assertThat(read.id()).isEqualTo("7");
        assertThat(read.task()).isNull();
        assertThat(read.queues()).isEmpty();
    }
}
