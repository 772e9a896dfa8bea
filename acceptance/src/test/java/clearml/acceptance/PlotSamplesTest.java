package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PlotSamplesTest {

    private final EventCalls events = new EventCalls();

    @Test
    void oneMetricIsWalkedThroughByIteration() {
        events.add(
                        events.plot(1, "a", "v", "{}"),
                        events.plot(2, "a", "v", "{}"),
                        events.plot(2, "a", "w", "{}"),
                        events.plot(2, "b", "v", "{}"),
                        events.plot(5, "a", "v", "{}"))
                .ok();

        JsonNode last = events.read("get_plot_sample", "metric", "a");
        assertThat(shown(last)).containsExactly("a/v/5");
        assertThat(last.path("min_iteration").asInt()).isEqualTo(1);
        assertThat(last.path("max_iteration").asInt()).isEqualTo(5);
        JsonNode scroll = last.path("scroll_id");
        assertThat(shown(events.read("next_plot_sample", "scroll_id", scroll))).containsExactly("a/v/2", "a/w/2");
        assertThat(shown(events.read("next_plot_sample", "scroll_id", scroll))).containsExactly("a/v/1");
        JsonNode end = events.read("next_plot_sample", "scroll_id", scroll);
        assertThat(end.path("events")).isEmpty();
        assertThat(end.path("min_iteration").isNull()).isTrue();
        assertThat(shown(events.read("next_plot_sample", "scroll_id", scroll, "navigate_earlier", false)))
                .containsExactly("a/v/2", "a/w/2");
        assertThat(shown(events.read("get_plot_sample", "metric", "a", "iteration", 4)))
                .containsExactly("a/v/2", "a/w/2");
    }

    @Test
    void allMetricsAreWalkedThroughInsideAnIterationFirst() {
        events.add(events.plot(1, "b", "v", "{}"), events.plot(2, "a", "v", "{}"), events.plot(2, "b", "v", "{}"))
                .ok();

        JsonNode first = events.read("get_plot_sample", "metric", "b", "navigate_current_metric", false);
        assertThat(shown(first)).containsExactly("b/v/2");
        JsonNode scroll = first.path("scroll_id");
        assertThat(shown(events.read("next_plot_sample", "scroll_id", scroll))).containsExactly("a/v/2");
        assertThat(shown(events.read("next_plot_sample", "scroll_id", scroll))).containsExactly("b/v/1");
    }

    @Test
    void newPlotsAreFoundAfterARefresh() {
        events.add(events.plot(1, "a", "v", "{}")).ok();
        JsonNode scroll = events.read("get_plot_sample", "metric", "a").path("scroll_id");
        events.add(events.plot(3, "a", "v", "{}")).ok();

        JsonNode fresh = events.read("get_plot_sample", "metric", "a", "scroll_id", scroll, "refresh", true);
        assertThat(shown(fresh)).containsExactly("a/v/3");
        assertThat(fresh.path("max_iteration").asInt()).isEqualTo(3);
    }

    @Test
    void whatIsNotThereIsEmpty() {
        JsonNode nothing = events.read("get_plot_sample", "metric", "a");
        assertThat(nothing.path("events")).isEmpty();
        assertThat(nothing.propertyNames())
                .containsExactlyInAnyOrder("scroll_id", "events", "min_iteration", "max_iteration");
        assertThat(nothing.path("max_iteration").isNull()).isTrue();

        events.add(events.event("plot", "metric", "a", "plot_str", "{}")).ok();
        assertThat(events.read("get_plot_sample", "metric", "a").path("events")).isEmpty();
    }

    @Test
    void aScrollOfAnotherTaskIsRefused() {
        events.add(events.plot(1, "a", "v", "{}")).ok();
        EventCalls other = new EventCalls();
        other.add(other.plot(1, "a", "v", "{}")).ok();
        JsonNode scroll = events.read("get_plot_sample", "metric", "a").path("scroll_id");

        other.call("get_plot_sample", "task", other.task(), "metric", "a", "scroll_id", scroll)
                .fails("400/1104");
        other.call("next_plot_sample", "task", other.task(), "scroll_id", scroll)
                .fails("400/1104");
        other.call("next_plot_sample", "task", other.task(), "scroll_id", "unknown")
                .fails("400/1104");
        other.call("get_plot_sample", "task", "nobody", "metric", "a").fails("400/101");
        other.call("get_plot_sample", "task", other.task()).fails("400/12");
    }

    /** {@code <metric>/<variant>/<iteration>}. */
    private static List<String> shown(JsonNode sample) {
        return sample.path("events")
                .valueStream()
                .map(plot -> plot.path("metric").asString() + "/"
                        + plot.path("variant").asString() + "/"
                        + plot.path("iter").asLong())
                .toList();
    }
}
