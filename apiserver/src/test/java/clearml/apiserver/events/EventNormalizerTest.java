package clearml.apiserver.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clearml.apiserver.call.BodyReader;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventNormalizerTest {

    private static final Instant NOW = Instant.parse("2023-11-14T22:13:20.512Z");

    private final EventNormalizer normalizer = new EventNormalizer(NOW, "host-1", Set.of("t"), Set.of("m"));

    @Test
    void whatIsMissingIsFilledIn() throws EventRejected {
        Event event = event("{'type': 'training stats scalar', 'task': 't', 'values': 0.5}");
        assertThat(normalizer.normalize(event)).isEqualTo(EventType.TRAINING_STATS_SCALAR);
        assertThat(event.fields())
                .containsOnly(
                        Map.entry("type", "training_stats_scalar"),
                        Map.entry("task", "t"),
                        Map.entry("value", 0.5),
                        Map.entry("metric", ""),
                        Map.entry("variant", ""),
                        Map.entry("model_event", false),
                        Map.entry("worker", "host-1"),
                        Map.entry("timestamp", NOW.toEpochMilli()),
                        Map.entry("@timestamp", "2023-11-14T22:13:20.512Z"));
    }

    @Test
    void aTimestampOfNullIsNow() throws EventRejected {
        Event event = event("{'type': 'log', 'task': 't', 'timestamp': null}");
        normalizer.normalize(event);
        assertThat(event.get("timestamp")).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void textsThatLookLikeDatesStayTexts() throws EventRejected {
        Event event = event("{'type': 'log', 'task': 't', 'msg': '2020-01-01 10:00:00', 'metric': '10:00:00'}");
        normalizer.normalize(event);
        assertThat(event.get("msg")).isEqualTo("2020-01-01 10:00:00");
        assertThat(event.get("metric")).isEqualTo("10:00:00");
    }

    @Test
    void onlyTheServerHearsOfTheAxisAndOfLocks() {
        Event event = event("{'type': 'log', 'task': 't', 'x_axis_label': 'Epoch', 'allow_locked': true}");
        assertThat(event.fields()).containsOnlyKeys("type", "task", "model_event");
        assertThat(event.xAxisLabel()).isEqualTo("Epoch");
        assertThat(event.lockedAllowed()).isTrue();
    }

    @Test
    void aModelsIdMovesIntoTheTask() throws EventRejected {
        Event event = event("{'type': 'plot', 'model': 'm', 'model_event': 1}");
        normalizer.normalize(event);
        assertThat(event.fields()).doesNotContainKey("model");
        assertThat(event.get("task")).isEqualTo("m");
        assertThat(event.get("model_event")).isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource({"3.9, 3", "-3.9, -3", "'\"12\"', 12", "true, 1", "9223372036854775807, 9223372036854775807"})
    void iterationsBecomeIntegers(String sent, long stored) throws EventRejected {
        Event event = event("{'type': 'plot', 'task': 't', 'iter': " + sent + "}");
        normalizer.normalize(event);
        assertThat(event.get("iter")).isEqualTo(stored);
    }

    @Test
    void anIterationOfNullStaysNull() throws EventRejected {
        Event event = event("{'type': 'plot', 'task': 't', 'iter': null}");
        normalizer.normalize(event);
        assertThat(event.fields()).containsEntry("iter", null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'task': 't'} | Event must have a 'type' field",
                "{'type': 'unknown type', 'task': 't'} | Invalid event type unknown_type",
                "{'type': 'log', 'task': 'm', 'model_event': true} | Task log events are not supported for models",
                "{'type': 'log'} | Event must have a 'task' field",
                "{'type': 'log', 'task': 'x'} | Invalid task id x",
                "{'type': 'plot', 'task': 't', 'model_event': true} | Invalid model id t",
                "{'type': 'plot', 'task': 't', 'iter': 9223372036854775808} | Iteration number should not exceed 9223372036854775807",
                "{'type': 'plot', 'task': 't', 'iter': '1.5'} | Iteration number should be an integer",
                "{'type': 'plot', 'task': 't', 'iter': NaN} | Iteration number should be an integer"
            })
    void whatIsWrongHasItsText(String sent, String text) {
        assertThatThrownBy(() -> normalizer.normalize(event(sent))).hasMessage(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "-Infinity", "1e39", "'0.5'", "true", "[1]"})
    void valuesThatAreNoFiniteNumbersAreRefusedAlone(String value) {
        Event event = event("{'type': 'training_stats_scalar', 'task': 't', 'value': " + value + "}");
        assertThatThrownBy(() -> normalizer.normalize(event)).hasMessage("Scalar value should be a finite number");
    }

    @SuppressWarnings("unchecked")
    private static Event event(String json) {
        return new Event((Map<String, Object>) BodyReader.read(json.replace('\'', '"')));
    }
}
