package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DebugImagesTest {

    private final EventCalls events = new EventCalls();

    @Test
    void imagesWhoseFileWasOverwrittenAreNotShown() {
        rotating();

        JsonNode first = images();
        assertThat(iterations(first)).containsExactly("9:2", "8:2", "7:2", "6:2", "5:1");
        JsonNode scroll = first.path("scroll_id");
        assertThat(iterations(images("scroll_id", scroll))).containsExactly("4:1", "3:1");
        assertThat(iterations(images("scroll_id", scroll))).isEmpty();
        assertThat(iterations(images("scroll_id", scroll, "navigate_earlier", false)))
                .containsExactly("9:2", "8:2", "7:2", "6:2", "5:1");
    }

    @Test
    void newImagesAndMetricsAppearAfterARefresh() {
        events.add(events.image(1, "a", "v", "1.png")).ok();
        JsonNode scroll = images().path("scroll_id");
        events.add(events.image(2, "a", "v", "2.png"), events.image(2, "b", "v", "3.png"))
                .ok();

        assertThat(iterations(images("scroll_id", scroll, "refresh", true))).containsExactly("2:2", "1:1");
    }

    @Test
    void metricsAndVariantsCanBeChosen() {
        events.add(
                        events.image(1, "a", "v", "1.png"),
                        events.image(1, "a", "w", "2.png"),
                        events.image(1, "b", "v", "3.png"))
                .ok();

        var metric = Map.of("task", events.task(), "metric", "a", "variants", List.of("w"));
        JsonNode found =
                events.call("debug_images", "metrics", List.of(metric)).ok().data();
        assertThat(found.at("/metrics/0/iterations/0/events")).hasSize(1);
        assertThat(found.at("/metrics/0/iterations/0/events/0/variant").asString())
                .isEqualTo("w");
    }

    @Test
    void aTaskWithoutImagesStillHasAnEntry() {
        JsonNode none = images();

        assertThat(none.at("/metrics/0/task").asString()).isEqualTo(events.task());
        assertThat(none.at("/metrics/0/iterations")).isEmpty();
    }

    @Test
    void plotsAreWalkedThroughLikeImagesAndWithoutDisturbingThem() {
        events.add(events.plot(1, "p", "v", "{}"), events.plot(2, "p", "v", "{}"), events.image(1, "a", "v", "1.png"))
                .ok();

        var metrics = List.of(Map.of("task", events.task(), "metric", "p"));
        JsonNode plots = events.call("plots", "metrics", metrics).ok().data();
        assertThat(iterations(plots)).containsExactly("2:1");
        JsonNode scroll = plots.path("scroll_id");
        assertThat(iterations(events.call("debug_images", "metrics", metrics, "scroll_id", scroll)
                        .ok()
                        .data()))
                .isEmpty();
        assertThat(iterations(events.call("plots", "metrics", metrics, "scroll_id", scroll)
                        .ok()
                        .data()))
                .containsExactly("1:1");
    }

    @Test
    void olderClientsSeeTheImagesOfOneTask() {
        rotating();

        JsonNode last = events.read("v1.8/debug_images", "iters", 2);
        assertThat(last.path("task").asString()).isEqualTo(events.task());
        assertThat(last.path("images")).hasSize(4);
        assertThat(last.at("/images/0/iter").asInt()).isEqualTo(9);
        JsonNode oldest = events.read("v1.7/debug_images", "iters", 3);
        assertThat(oldest.path("returned").asInt()).isEqualTo(6);
        assertThat(oldest.path("total").asInt()).isEqualTo(20);
    }

    @Test
    void wrongRequestsAreRefused() {
        events.call("debug_images", "metrics", List.of()).fails("400/12");
        events.call("debug_images").fails("400/12");
        events.call("debug_images", "metrics", List.of(Map.of("task", events.task())), "iters", 0)
                .fails("400/12");
        events.call("debug_images", "metrics", List.of(Map.of("task", "nobody")))
                .fails("400/101");
        events.call("debug_images", "metrics", List.of(Map.of("task", "nobody")), "model_events", true)
                .fails("400/201");
    }

    private void rotating() {
        List<Map<String, Object>> batch = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            batch.add(events.image(i, "images", "A", "A" + i % 7 + ".png"));
            batch.add(events.image(i, "images", "B", "B" + i % 4 + ".png"));
        }
        events.add(batch).ok();
    }

    private JsonNode images(Object... members) {
        Map<String, Object> request = new HashMap<>();
        request.put("metrics", List.of(Map.of("task", events.task())));
        request.put("iters", 5);
        for (int i = 0; i < members.length; i += 2) {
            request.put(String.valueOf(members[i]), members[i + 1]);
        }
        return events.api().call("events.debug_images", request).ok().data();
    }

    /** {@code <iteration>:<events>}. */
    private static List<String> iterations(JsonNode images) {
        return images.at("/metrics/0/iterations")
                .valueStream()
                .map(one -> one.path("iter").asLong() + ":" + one.path("events").size())
                .toList();
    }
}
