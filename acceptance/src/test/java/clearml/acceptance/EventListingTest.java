package clearml.acceptance;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EventListingTest {

    private final EventCalls events = new EventCalls();

    @Test
    void allEventsAreListedOnceAlsoWhenAPageEndsAtIterationZero() {
        events.add(IntStream.range(0, 30)
                        .mapToObj(i -> events.scalar(i / 20, "m" + i, "v", i))
                        .toList())
                .ok();

        assertThat(pages(Map.of("batch_size", 10))).containsExactly(20, 10, 0);
    }

    @Test
    void eventsWithoutIterationComeLastAndAreListedToo() {
        events.add(
                        events.log(1, "a"),
                        events.log(2, "b"),
                        events.scalar(0, "m", "v", 1),
                        events.plot(3, "p", "v", "{}"))
                .ok();

        assertThat(pages(Map.of("batch_size", 3)).stream().mapToInt(i -> i).sum())
                .isEqualTo(4);
        assertThat(events.read("get_task_events", "event_type", "log").path("events"))
                .hasSize(2);
    }

    @Test
    void thousandsOfEventsOfOneIterationAreListedOnce() {
        events.add(IntStream.range(0, 10_400)
                        .mapToObj(i -> events.image(i < 200 ? -1 : i < 10_300 ? 0 : 1, "m", "v", "f" + i))
                        .toList())
                .ok();

        List<String> listed = new ArrayList<>();
        Object scroll = null;
        int returned;
        do {
            JsonNode page = events.read("get_task_events", "batch_size", 300, "scroll_id", scroll);
            returned = page.path("returned").asInt();
            listed.addAll(EventCalls.texts(page.path("events"), "key"));
            scroll = page.path("scroll_id").asString();
        } while (returned >= 300 && listed.size() < 20_000);
        assertThat(listed).hasSize(10_400).doesNotHaveDuplicates();
    }

    @Test
    void aListingHasAnOrderAndAFilter() {
        events.add(events.scalar(1, "a", "v", 1), events.scalar(2, "a", "v", 2), events.scalar(3, "b", "v", 3))
                .ok();

        JsonNode listed = events.read(
                "get_task_events",
                "event_type",
                "training_stats_scalar",
                "order",
                "desc",
                "metrics",
                List.of(Map.of("metric", "a")));
        assertThatJson(listed.path("events")
                        .valueStream()
                        .map(event -> event.path("iter").asInt())
                        .toList()
                        .toString())
                .isEqualTo("[2,1]");
        assertThat(listed.path("total").asInt()).isEqualTo(2);
        assertThat(events.read("get_task_events", "count_total", false)
                        .path("total")
                        .isNull())
                .isTrue();
    }

    @Test
    void metricsOfTasksAreListed() {
        EventCalls other = new EventCalls();
        events.add(
                        events.scalar(1, "b", "y", 1),
                        events.scalar(1, "b", "x", 1),
                        events.scalar(1, "a", "x", 1),
                        events.scalar(EventCalls.SINGLE_VALUE, "Summary", "acc", 1))
                .ok();
        var tasks = List.of(other.task(), events.task());

        assertThatJson(events.call("get_task_metrics", "tasks", tasks, "event_type", "training_stats_scalar")
                        .ok()
                        .data()
                        .toString())
                .isEqualTo("{\"metrics\":[{\"task\":\"" + other.task() + "\",\"metrics\":[]},{\"task\":\""
                        + events.task() + "\",\"metrics\":[\"a\",\"b\"]}]}");
        assertThatJson(events.call("get_multi_task_metrics", "tasks", tasks)
                        .ok()
                        .data()
                        .toString())
                .isEqualTo("{\"metrics\":[{\"metric\":\"Summary\",\"variants\":[\"acc\"]},"
                        + "{\"metric\":\"a\",\"variants\":[\"x\"]},{\"metric\":\"b\",\"variants\":[\"x\",\"y\"]}]}");
        assertThatJson(events.read("get_scalar_metrics_and_variants").toString())
                .isEqualTo("{\"metrics\":{\"Summary\":[\"acc\"],\"a\":[\"x\"],\"b\":[\"x\",\"y\"]}}");
    }

    @Test
    void vectorsAreReadByIteration() {
        events.add(
                        events.event(
                                "training_stats_vector",
                                "iter",
                                2,
                                "metric",
                                "m",
                                "variant",
                                "v",
                                "values",
                                List.of(3, 4)),
                        events.event(
                                "training_stats_vector",
                                "iter",
                                1,
                                "metric",
                                "m",
                                "variant",
                                "v",
                                "values",
                                List.of(1, 2)))
                .ok();

        assertThatJson(events.read("vector_metrics_iter_histogram", "metric", "m", "variant", "v")
                        .toString())
                .isEqualTo("{\"metric\":\"m\",\"variant\":\"v\",\"vectors\":[[1,2],[3,4]],\"iterations\":[1,2]}");
        assertThatJson(events.read("get_vector_metrics_and_variants").toString())
                .isEqualTo("{\"metrics\":{\"m\":[\"v\"]}}");
    }

    @Test
    void anyScrollCanBeCleared() {
        events.add(events.plot(1, "p", "v", "{}")).ok();
        JsonNode scroll = events.read("v1.7/get_task_plots").path("scroll_id");

        for (Object id : new Object[] {scroll, scroll, "FFFF", "nonsense", "a/b?c"}) {
            events.call("clear_scroll", "scroll_id", id).ok();
        }
        // 500 in the reference
        assertThat(events.call("v1.7/get_task_plots", "task", events.task(), "scroll_id", scroll)
                        .status())
                .isIn(400, 500);
    }

    @Test
    void wrongRequestsAreRefused() {
        events.call("get_task_events", "task", "nobody").fails("400/101");
        events.call("get_task_events", "task", events.task(), "scroll_id", "x").fails("400/1104");
        events.call("get_task_events", "task", events.task(), "order", "up").fails("400/12");
        events.call("get_task_events").fails("400/12");
        events.call("get_task_metrics", "tasks", List.of(events.task())).fails("400/12");
        events.call("get_task_metrics", "tasks", List.of(), "event_type", "log").fails("400/12");
        events.call("get_multi_task_metrics", "tasks", List.of("nobody")).fails("400/101");
        events.call("vector_metrics_iter_histogram", "task", events.task()).fails("400/12");
        events.call("get_vector_metrics_and_variants", "task", "nobody").fails("400/101");
        events.call("clear_scroll").fails("400/12");
        events.call("v2.17/clear_scroll", "scroll_id", "x").fails("404/0");
    }

    private List<Integer> pages(Map<String, Object> members) {
        Map<String, Object> request = new HashMap<>(members);
        request.put("task", events.task());
        List<Integer> returned = new ArrayList<>();
        do {
            JsonNode page =
                    events.api().call("events.get_task_events", request).ok().data();
            returned.add(page.path("returned").asInt());
            request.put("scroll_id", page.path("scroll_id").asString());
        } while (returned.get(returned.size() - 1) > 0 && returned.size() < 6);
        return returned;
    }
}
