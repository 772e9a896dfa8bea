package clearml.acceptance;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ModelEventsTest {

    private final EventCalls events = new EventCalls();
    private final String model = events.tasks().model(events.task());

    @Test
    void modelsHaveScalarsPlotsAndStatisticsOfTheirOwn() {
        events.add(ofModel(events.scalar(3, "loss", "train", 0.5)), ofModel(events.plot(1, "p", "v", "{}")))
                .ok();

        assertThatJson(events.call("scalar_metrics_iter_histogram", "task", model, "model_events", true)
                        .ok()
                        .data()
                        .toString())
                .isEqualTo("{\"loss\":{\"train\":{\"name\":\"train\",\"x\":[3],\"y\":[0.5]}}}");
        assertThat(events.call("get_task_plots", "task", model, "model_events", true)
                        .ok()
                        .data()
                        .path("plots"))
                .hasSize(1);
        events.call("scalar_metrics_iter_histogram", "task", model).fails("400/101");
        JsonNode stored = events.api()
                .call("models.get_by_id", Map.of("model", model))
                .ok()
                .data()
                .path("model");
        assertThat(stored.path("last_iteration").asInt()).isEqualTo(3);
        assertThat(stored.path("last_metrics").toString()).contains("\"metric\":\"loss\"");
    }

    @Test
    void aBatchMayMixModelsAndTasks() {
        var answer = events.add(
                ofModel(events.scalar(3, "loss", "train", 0.5)), events.log(1, "x"), ofModel(events.log(1, "y")));

        assertThatJson(answer.ok().data().toString())
                .isEqualTo("{\"added\":2,\"errors\":1,\"errors_info\":"
                        + "{\"Task log events are not supported for models\":1}}");
        events.add(ofModel(events.log(1, "y"))).fails("400/131");
    }

    @Test
    void aModelThatIsReadyTakesNoMore() {
        events.api()
                .call("models.set_ready", Map.of("model", model, "publish_task", false))
                .ok();

        assertThat(events.add(ofModel(events.scalar(1, "m", "v", 1)))
                        .fails("400/131")
                        .message())
                .contains("Invalid model id " + model);
        events.call("delete_for_model", "model", model).fails("400/201");
    }

    @Test
    void theirEventsAreDeletedAlone() {
        events.add(ofModel(events.scalar(1, "m", "v", 1)), events.scalar(1, "m", "v", 1))
                .ok();

        assertThat(events.call("delete_for_model", "model", model)
                        .ok()
                        .data()
                        .path("deleted")
                        .asInt())
                .isEqualTo(1);
        assertThat(events.read("get_scalar_metrics_and_variants").path("metrics"))
                .hasSize(1);
        assertThat(events.call("get_multi_task_metrics", "tasks", List.of(model), "model_events", true)
                        .ok()
                        .data()
                        .path("metrics"))
                .isEmpty();
    }

    private Map<String, Object> ofModel(Map<String, Object> event) {
        Map<String, Object> changed = new HashMap<>(event);
        changed.remove("task");
        changed.put("model", model);
        changed.put("model_event", true);
        return changed;
    }
}
