package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ImageSamplesTest {

    private final EventCalls events = new EventCalls();

    @Test
    void onlyPicturesThatAreStillThereAreWalkedThrough() {
        events.add(IntStream.range(0, 10)
                        .mapToObj(i -> events.image(i, "m", "v", "file" + i % 4 + ".png"))
                        .toList())
                .ok();

        JsonNode last = sample();
        assertThat(last.at("/event/iter").asInt()).isEqualTo(9);
        assertThat(last.path("min_iteration").asInt()).isEqualTo(6);
        assertThat(last.path("max_iteration").asInt()).isEqualTo(9);
        JsonNode scroll = last.path("scroll_id");
        for (int iteration : new int[] {8, 7, 6}) {
            assertThat(next(scroll).at("/event/iter").asInt()).isEqualTo(iteration);
        }
        assertThat(next(scroll).path("event").isNull()).isTrue();
        assertThat(next(scroll, "navigate_earlier", false).at("/event/iter").asInt())
                .isEqualTo(7);
        assertThat(sample("iteration", 8).at("/event/iter").asInt()).isEqualTo(8);
    }

    @Test
    void variantsOfTheSameIterationComeFirst() {
        events.add(
                        events.image(1, "m", "v", "1.png"),
                        events.image(1, "m", "w", "2.png"),
                        events.image(2, "m", "v", "3.png"),
                        events.image(2, "n", "v", "4.png"))
                .ok();

        JsonNode last = sample("navigate_current_metric", false);
        assertThat(last.at("/event/url").asString()).endsWith("3.png");
        JsonNode scroll = last.path("scroll_id");
        assertThat(next(scroll, "navigate_earlier", false).at("/event/url").asString())
                .endsWith("4.png");
        assertThat(next(scroll).at("/event/url").asString()).endsWith("3.png");
        assertThat(next(scroll).at("/event/url").asString()).endsWith("2.png");
        assertThat(next(scroll, "next_iteration", true, "navigate_earlier", false)
                        .at("/event/iter")
                        .asInt())
                .isEqualTo(2);
    }

    /** More variants than a query may have conditions, each with an iteration of its own. */
    @Test
    void anyNumberOfVariantsIsWalkedThrough() {
        int count = 3_500;
        events.add(IntStream.range(0, count)
                        .mapToObj(i -> events.image(i, "m", i == count - 1 ? "v" : "v" + i, i + ".png"))
                        .toList())
                .ok();

        JsonNode scroll = sample().path("scroll_id");
        for (int back = 2; back < 4; back++) {
            assertThat(next(scroll).at("/event/iter").asInt()).isEqualTo(count - back);
        }
        assertThat(next(scroll, "navigate_earlier", false).at("/event/iter").asInt())
                .isEqualTo(count - 2);
        assertThat(next(scroll, "next_iteration", true).at("/event/iter").asInt())
                .isEqualTo(count - 3);
    }

    @Test
    void whatIsNotThereIsNull() {
        JsonNode nothing = sample();
        assertThat(nothing.path("event").isNull()).isTrue();
        assertThat(nothing.propertyNames())
                .containsExactlyInAnyOrder("scroll_id", "event", "min_iteration", "max_iteration");

        events.add(events.event("training_debug_image", "metric", "m", "variant", "v", "url", "http://x"))
                .ok();
        assertThat(sample().path("event").isNull()).isTrue();
    }

    @Test
    void wrongRequestsAreRefused() {
        events.add(events.image(1, "m", "v", "1.png")).ok();
        JsonNode scroll = sample().path("scroll_id");
        EventCalls other = new EventCalls();

        other.call("next_debug_image_sample", "task", other.task(), "scroll_id", scroll)
                .fails("400/1104");
        other.call("next_debug_image_sample", "task", other.task(), "scroll_id", "unknown")
                .fails("400/1104");
        other.call("get_debug_image_sample", "task", other.task(), "metric", "m", "variant", "v", "scroll_id", scroll)
                .fails("400/1104");
        other.call("get_debug_image_sample", "task", "nobody", "metric", "m", "variant", "v")
                .fails("400/101");
        other.call("get_debug_image_sample", "task", other.task()).fails("400/12");
        other.call("v2.11/get_debug_image_sample", "task", other.task()).fails("404/0");
    }

    private JsonNode sample(Object... members) {
        Object[] all = new Object[members.length + 4];
        System.arraycopy(members, 0, all, 4, members.length);
        all[0] = "metric";
        all[1] = "m";
        all[2] = "variant";
        all[3] = "v";
        return events.read("get_debug_image_sample", all);
    }

    private JsonNode next(JsonNode scroll, Object... members) {
        Object[] all = new Object[members.length + 2];
        System.arraycopy(members, 0, all, 2, members.length);
        all[0] = "scroll_id";
        all[1] = scroll;
        return events.read("next_debug_image_sample", all);
    }
}
