package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EventsDeletionTest {

    private final EventCalls events = new EventCalls();

    @Test
    void deletionLeavesNothingOfAnyKindAndCounts() {
        events.add(
                        events.scalar(1, "m", "v", 1),
                        events.plot(1, "p", "v", "{}"),
                        events.image(1, "i", "v", "1.png"),
                        events.log(1, "x"))
                .ok();

        assertThat(events.read("delete_for_task").path("deleted").asInt()).isEqualTo(4);
        assertThat(events.read("get_task_events").path("total").asInt()).isZero();
        assertThat(events.read("delete_for_task").path("deleted").asInt()).isZero();
    }

    @Test
    void aPublishedTaskKeepsItsEvents() {
        events.add(events.log(1, "x")).ok();
        events.tasks().bring(events.task(), "published");

        Answer refused = events.call("delete_for_task", "task", events.task());
        refused.fails("400/101");
        assertThat(refused.message()).startsWith("Cannot update events for a published task");
        events.call("clear_task_log", "task", events.task()).fails("400/101");
        assertThat(events.read("get_task_log").path("events")).hasSize(1);
        assertThat(events.read("delete_for_task", "allow_locked", true)
                        .path("deleted")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void theLogCanBeClearedByAgeAndMetric() {
        long now = System.currentTimeMillis();
        events.add(
                        events.log(now - 3_600_000, "old"),
                        events.log(now, "new"),
                        events.event("log", "timestamp", now - 3_600_000, "metric", "keep", "msg", "kept"))
                .ok();

        assertThat(events.read("clear_task_log", "threshold_sec", 60, "exclude_metrics", List.of("keep"))
                        .path("deleted")
                        .asInt())
                .isEqualTo(1);
        assertThat(EventCalls.texts(events.read("get_task_log").path("events"), "msg"))
                .containsExactly("new", "kept");
        assertThat(events.read("clear_task_log", "include_metrics", List.of("keep"))
                        .path("deleted")
                        .asInt())
                .isEqualTo(1);
        assertThat(events.read("clear_task_log").path("deleted").asInt()).isEqualTo(1);
    }

    @Test
    void unknownOnesAreRefused() {
        events.call("delete_for_task", "task", "nobody").fails("400/101");
        events.call("delete_for_model", "model", "nobody").fails("400/201");
        events.call("clear_task_log", "task", "nobody").fails("400/101");
        events.call("delete_for_task").fails("400/12");
    }
}
