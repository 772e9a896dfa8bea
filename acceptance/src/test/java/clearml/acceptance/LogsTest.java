package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LogsTest {

    private static final long START = 1_700_000_000_000L;

    private final EventCalls events = new EventCalls();

    @Test
    void theLogIsReadInBothDirections() {
        tenLines();

        JsonNode newest = events.read("get_task_log", "batch_size", 5);
        assertThat(messages(newest)).containsExactly("m9", "m8", "m7", "m6", "m5");
        assertThat(newest.path("total").asInt()).isEqualTo(10);
        assertThat(messages(events.read("get_task_log", "batch_size", 5, "from_timestamp", START + 5_000)))
                .containsExactly("m4", "m3", "m2", "m1", "m0");
        assertThat(messages(events.read(
                        "get_task_log", "batch_size", 3, "from_timestamp", START + 5_000, "navigate_earlier", false)))
                .containsExactly("m6", "m7", "m8");
        assertThat(messages(events.read("get_task_log", "batch_size", 3, "navigate_earlier", false)))
                .containsExactly("m0", "m1", "m2");
        assertThat(messages(events.read("get_task_log", "batch_size", 3, "navigate_earlier", null)))
                .as("null is false")
                .containsExactly("m0", "m1", "m2");
    }

    @Test
    void theOrderOfAPageCanBeTurned() {
        tenLines();

        assertThat(messages(events.read("get_task_log", "batch_size", 3, "order", "asc")))
                .containsExactly("m7", "m8", "m9");
        assertThat(messages(events.read("get_task_log", "batch_size", 3, "order", "desc", "navigate_earlier", false)))
                .containsExactly("m2", "m1", "m0");
    }

    @Test
    void aPageHoldsAllLinesOfItsLastTimestamp() {
        events.add(IntStream.range(0, 9)
                        .mapToObj(i -> events.log(START + i / 3, "m" + i))
                        .toList())
                .ok();

        JsonNode page = events.read("get_task_log", "batch_size", 4);
        assertThat(messages(page)).hasSize(6);
        JsonNode rest = events.read("get_task_log", "batch_size", 4, "from_timestamp", START + 1);
        assertThat(messages(rest)).containsExactlyInAnyOrder("m0", "m1", "m2");
    }

    @Test
    void aPageHoldsAllLinesOfItsLastTimestampHoweverManyThereAre() {
        events.add(IntStream.range(0, 400)
                        .mapToObj(i -> events.log(START + (i < 150 ? 0 : i < 300 ? 1 : i), "m" + i))
                        .toList())
                .ok();

        JsonNode exact = events.read("get_task_log", "batch_size", 100);
        assertThat(messages(exact)).hasSize(100).startsWith("m399").endsWith("m300");
        JsonNode overlong = events.read("get_task_log", "batch_size", 101);
        assertThat(messages(overlong)).hasSize(250).doesNotHaveDuplicates();
        JsonNode rest = events.read("get_task_log", "batch_size", 149, "from_timestamp", START + 1);
        assertThat(messages(rest)).hasSize(150).doesNotHaveDuplicates();
        assertThat(messages(events.read("get_task_log", "batch_size", 0))).isEmpty();
    }

    @Test
    void thousandsOfLinesOfOneTimestampAreAllThere() {
        events.add(IntStream.range(0, 10_300)
                        .mapToObj(i -> events.log(START + (i < 100 ? 0 : i < 10_200 ? 1 : 2), "m" + i))
                        .toList())
                .ok();

        List<String> read = new ArrayList<>();
        long from = 0;
        JsonNode page;
        do {
            page = events.read(
                    "get_task_log",
                    "batch_size",
                    150,
                    "navigate_earlier",
                    false,
                    "from_timestamp",
                    from == 0 ? null : from);
            read.addAll(messages(page));
            from = page.path("events").isEmpty()
                    ? from
                    : page.path("events")
                            .get(page.path("events").size() - 1)
                            .path("timestamp")
                            .asLong();
        } while (!page.path("events").isEmpty() && read.size() < 20_000);
        assertThat(read).hasSize(10_300).doesNotHaveDuplicates();

        int listed = 0;
        JsonNode events = this.events.read("get_task_events", "event_type", "log", "batch_size", 5_000);
        while (events.path("returned").asInt() > 0 && listed < 20_000) {
            listed += events.path("returned").asInt();
            events = this.events.read("get_task_events", "batch_size", 5_000, "scroll_id", events.path("scroll_id"));
        }
        assertThat(listed).as("lines, which have no iteration").isEqualTo(10_300);
    }

    @Test
    void linesThatAreTooLargeTogetherAreReadInParts() {
        String large = "x".repeat(1_000_000);
        events.add(IntStream.range(0, 18)
                        .mapToObj(i -> events.log(START + i, i + large))
                        .toList())
                .ok();

        JsonNode page = events.read("get_task_log", "batch_size", 18, "order", "asc");
        assertThat(page.path("returned").asInt()).isEqualTo(18);
        assertThat(page.path("events")
                        .valueStream()
                        .map(line -> line.path("msg").asString().length()))
                .hasSize(18)
                .allMatch(length -> length > 1_000_000);
        assertThat(page.at("/events/17/msg").asString()).startsWith("17x");
        assertThat(events.call("download_task_log", "task", events.task(), "line_type", "text", "line_format", "{msg}")
                        .body())
                .hasSize(18 * 1_000_001 + 10 + 2 * 8);
    }

    @Test
    void pagesOfAVeryLongLogAreThoseNextToWhereTheyBegin() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 55_000; i++) {
            // A line every second, and at last a pause of two weeks.
            long time = START + i * 1_000L + (i < 54_900 ? 0 : 14 * 24 * 3_600_000L);
            lines.append("{\"type\":\"log\",\"task\":\"" + events.task() + "\",\"timestamp\":" + time + ",\"msg\":\"m"
                    + i + "\"}\n");
        }
        events.addLines(lines.toString()).ok();

        JsonNode newest = events.read("get_task_log", "batch_size", 50);
        assertThat(messages(newest)).hasSize(50).startsWith("m54999").endsWith("m54950");
        assertThat(newest.path("total").asInt()).isEqualTo(10_000);
        assertThat(messages(events.read("get_task_log", "batch_size", 1_000)))
                .as("over the pause")
                .hasSize(1_000)
                .startsWith("m54999")
                .endsWith("m54000");
        assertThat(messages(events.read("get_task_log", "batch_size", 1_000, "from_timestamp", START + 30_000_000)))
                .hasSize(1_000)
                .startsWith("m29999")
                .endsWith("m29000");
        assertThat(messages(events.read("get_task_log", "batch_size", 10, "from_timestamp", START + 3_000)))
                .containsExactly("m2", "m1", "m0");
    }

    @Test
    void linesOfSomeMetricsOnly() {
        events.add(
                        events.event("log", "metric", "a", "msg", "1"),
                        events.event("log", "metric", "b", "msg", "2"),
                        events.log(1, "3"))
                .ok();

        JsonNode some = events.read("get_task_log", "metrics", List.of(Map.of("metric", "a")));
        assertThat(messages(some)).containsExactly("1");
        assertThat(some.path("total").asInt()).isEqualTo(1);
    }

    @Test
    void linesKeepEveryCharacter() {
        String text = "tab\t \u0000 \u001b[31mred\r\n 😀 \\ \" end ";
        events.add(events.log(1, text)).ok();

        assertThat(messages(events.read("get_task_log"))).containsExactly(text);
    }

    @Test
    void theSameLineTwiceIsTwoLines() {
        events.add(events.log(1, "x"), events.log(1, "x")).ok();
        events.add(events.log(1, "x"), events.log(1, "x")).ok();

        assertThat(messages(events.read("get_task_log"))).hasSize(4);
    }

    @Test
    void olderClientsScroll() {
        tenLines();

        JsonNode head = events.read("v1.7/get_task_log", "batch_size", 6);
        assertThat(messages(head)).containsExactly("m5", "m4", "m3", "m2", "m1", "m0");
        JsonNode rest = events.read("v1.7/get_task_log", "batch_size", 6, "scroll_id", head.path("scroll_id"));
        assertThat(messages(rest)).containsExactly("m9", "m8", "m7", "m6");
        JsonNode end = events.read("v1.7/get_task_log", "scroll_id", rest.path("scroll_id"));
        assertThat(end.path("scroll_id").asString()).isEqualTo("FFFF");
        assertThat(end.path("events")).isEmpty();
        assertThat(messages(events.read("v1.7/get_task_log", "batch_size", 2, "from", "tail", "order", "asc")))
                .containsExactly("m8", "m9");
        assertThat(messages(events.read("v1.6/get_task_log", "batch_size", 2))).containsExactly("m9", "m8");
        assertThat(messages(events.read("v1.6/get_task_log", "batch_size", 2, "order", "asc")))
                .containsExactly("m0", "m1");
    }

    @Test
    void aTaskThatSaidNothingHasAnEmptyLog() {
        assertThat(events.read("get_task_log").toString())
                .contains("\"events\":[]")
                .contains("\"total\":0");
    }

    @Test
    void wrongRequestsAreRefused() {
        events.call("get_task_log").fails("400/12");
        events.call("get_task_log", "task", "nobody").fails("400/101");
        events.call("get_task_log", "task", events.task(), "order", "up").fails("400/12");
        events.call("get_task_log", "task", events.task(), "batch_size", "many").fails("400/12");
    }

    private void tenLines() {
        events.add(IntStream.range(0, 10)
                        .mapToObj(i -> events.log(START + i * 1_000, "m" + i))
                        .toList())
                .ok();
    }

    private static List<String> messages(JsonNode log) {
        return EventCalls.texts(log.path("events"), "msg");
    }
}
