package clearml.apiserver.events;

import java.util.ArrayList;
import java.util.Collection;
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

    /** How many tasks or models a search is about at most. */
    static final int IDS = 100;

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

    /** Ids in lists as long as a search takes them at once, each id once. */
    static List<List<String>> chunks(Collection<String> ids) {
        List<String> all = ids.stream().distinct().toList();
        List<List<String>> chunks = new ArrayList<>();
        for (int from = 0; from < all.size(); from += IDS) {
            chunks.add(all.subList(from, Math.min(from + IDS, all.size())));
        }
        return chunks;
    }

    String index() {
        return String.join(",", indices());
    }
}
