package clearml.apiserver.tasks;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a change.
 *
 * @param updated how many tasks matched, 0 or 1
 * @param fields what was written, in the form it is answered in
 */
record Updated(long updated, Map<String, @Nullable Object> fields) {

    static final Updated NOTHING = new Updated(0, Map.of());

    /** The same as members of a larger answer. */
    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("updated", updated);
        members.put("fields", fields);
        return members;
    }
}
