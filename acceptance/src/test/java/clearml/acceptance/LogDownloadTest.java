package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogDownloadTest {

    private final EventCalls events = new EventCalls();

    @Test
    void theLogIsAFileOfLinesInOrder() {
        events.add(events.log(1_700_000_001_000L, "second\n"), events.log(1_700_000_000_000L, "first"))
                .ok();

        Answer answer = download("line_type", "text");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(answer.header("Content-Disposition"))
                .contains("attachment; filename=task_" + events.task() + ".log");
        assertThat(answer.header("Cache-Control")).contains("no-store, max-age=0");
        assertThat(answer.text().replaceAll(" \\S+ info", " worker info"))
                .isEqualTo("1700000000000 worker info first\n1700000001000 worker info second\n");
    }

    @Test
    void aBrowserAsksWithAQuery() {
        events.add(events.log(1, "x")).ok();

        Answer answer = events.api()
                .request("/events.download_task_log?line_type=text&line_format=%7Bmsg%7D&task=" + events.task())
                .method("GET")
                .send();
        assertThat(answer.text()).isEqualTo("x\n");
    }

    @Test
    void linesMayBeJson() {
        events.add(events.log(5, "ä")).ok();

        var line = Api.JSON.readTree(download().text());
        assertThat(line.propertyNames())
                .containsExactlyInAnyOrder(
                        "asctime", "level", "msg", "metric", "variant", "model_event", "worker", "@timestamp");
        assertThat(line.path("asctime").asLong()).isEqualTo(5);
        assertThat(line.path("msg").asString()).isEqualTo("ä");
    }

    @Test
    void whatALineLacksIsEmpty() {
        events.add(events.event("log", "timestamp", 5, "msg", "no level")).ok();

        assertThat(download("line_type", "text", "line_format", "{level}|{asctime}|{msg}")
                        .text())
                .isEqualTo("|5|no level\n");
    }

    @Test
    void aLongLogIsWhole() {
        events.add(IntStream.range(0, 12_000)
                        .mapToObj(i -> events.log(1_700_000_000_000L + i, "line " + i))
                        .toList())
                .ok();

        String[] lines =
                download("line_type", "text", "line_format", "{msg}").text().split("\n");
        assertThat(lines).hasSize(12_000).startsWith("line 0", "line 1").endsWith("line 11999");
    }

    @Test
    void aTaskThatSaidNothingHasAnEmptyFile() {
        assertThat(download().text()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', 400/11", "{msg, 400/16", "{msg:10}, 400/16", "{nothing}, 400/16", "{}, 400/16"})
    void formatsThatCannotBeFilledAreRefused(String format, String code) {
        download("line_type", "text", "line_format", format).fails(code);
    }

    @Test
    void noFormatIsRefused() {
        download("line_type", "text", "line_format", null).fails("400/11");
    }

    @Test
    void unknownTasksAreRefused() {
        events.call("download_task_log", "task", "nobody").fails("400/101");
    }

    private Answer download(@Nullable Object... members) {
        Object[] all = new Object[members.length + 2];
        System.arraycopy(members, 0, all, 2, members.length);
        all[0] = "task";
        all[1] = events.task();
        return events.call("download_task_log", all);
    }
}
