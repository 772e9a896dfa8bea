package clearml.apiserver.events;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an event can be. Each has an index of its own in every company. */
enum EventType {
    TRAINING_STATS_SCALAR,
    TRAINING_STATS_VECTOR,
    TRAINING_DEBUG_IMAGE,
    PLOT,
    LOG;

    /** What requests call all types together. */
    static final String ALL = "*";

    private static final Map<String, EventType> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(EventType::wireName, Function.identity()));

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** As requests and documents have it. */
    String wireName() {
        return wireName;
    }

    static @Nullable EventType of(String name) {
        return BY_NAME.get(name);
    }

    /** The index of a company; created by the first write. */
    String index(String company) {
        return "events-" + wireName + "-" + company.toLowerCase(Locale.ROOT);
    }

    static List<String> allIndices(String company) {
        return Arrays.stream(values()).map(type -> type.index(company)).toList();
    }
}
