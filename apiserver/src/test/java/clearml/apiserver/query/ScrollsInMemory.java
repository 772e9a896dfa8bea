package clearml.apiserver.query;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Scrolls of one process. */
final class ScrollsInMemory implements ScrollStates {

    private final Map<String, Integer> positions = new HashMap<>();

    @Override
    public OptionalInt position(String scrollId) {
        Integer position = positions.get(scrollId);
        return position == null ? OptionalInt.empty() : OptionalInt.of(position);
    }

    @Override
    public void remember(String scrollId, int position) {
        positions.put(scrollId, position);
    }

    void forgetAll() {
        positions.clear();
    }
}
