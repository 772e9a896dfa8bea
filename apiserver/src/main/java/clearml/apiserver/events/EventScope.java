package clearml.apiserver.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a search looks.
 *
 * @param companies whose indices
 * @param tasks ids of tasks or models
 * @param type null for all types
 */
record EventScope(
        List<String> companies,
        List<String> tasks,
        @Nullable EventType type) {

    static EventScope of(ReadableEntity entity, EventType type) {
        return new EventScope(List.of(entity.company()), List.of(entity.id()), type);
    }

    List<String> indices() {
        EventType only = type;
        if (only != null) {
            return companies.stream().map(only::index).toList();
        }
        return companies.stream()
                .flatMap(company -> EventType.allIndices(company).stream())
                .toList();
    }

    String index() {
        return String.join(",", indices());
    }
}
