package clearml.apiserver.events;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Where clients are in a navigation, in Redis for every replica; forgotten an hour after the last use. */
@Component
class NavigationStates {

    private static final Logger LOG = LoggerFactory.getLogger(NavigationStates.class);
    private static final String PACKAGE = "apiserver.bll.event.";
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(inclusion ->
                    inclusion.withValueInclusion(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL))
            .build();

    private final StringRedisTemplate redis;
    private final EventsSettings settings;

    NavigationStates(StringRedisTemplate redis, EventsSettings settings) {
        this.redis = redis;
        this.settings = settings;
    }

    /** What is navigated, with the names that the keys have in Redis. */
    enum Kind {
        EVENTS("metric_events_iterator.MetricEventsScrollState"),
        IMAGE_SAMPLES("history_debug_image_iterator.DebugImageSampleState"),
        PLOT_SAMPLES("history_plots_iterator.PlotsSampleState");

        private final String name;

        Kind(String name) {
            this.name = name;
        }

        private String key(String id) {
            return "<class '" + PACKAGE + name + "'>/" + id;
        }
    }

    /** Null when it is unknown or forgotten. */
    <T> @Nullable T read(Kind kind, @Nullable String id, Class<T> type) {
        String text = id == null || id.isEmpty() ? null : redis.opsForValue().get(kind.key(id));
        try {
            return text == null ? null : JSON.readValue(text, type);
        } catch (JacksonException e) {
            LOG.warn("The state {} can't be read and starts anew", kind.key(String.valueOf(id)), e);
            return null;
        }
    }

    void write(Kind kind, String id, Object state) {
        redis.opsForValue().set(kind.key(id), JSON.writeValueAsString(state), settings.stateKept());
    }
}
