package clearml.apiserver.call;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came: JSON body, query arguments and form fields merged.
 *
 * @param fields members of the request object; mutable, in the order sent
 * @param lines the objects of a JSON lines body; null for any other body
 */
public record CallBody(
        Map<String, @Nullable Object> fields, @Nullable List<Map<String, @Nullable Object>> lines) {

    /** The member, or null when absent or null. */
    public @Nullable Object get(String name) {
        return fields.get(name);
    }

    public boolean has(String name) {
        return fields.containsKey(name);
    }

    /** The items of a batch: the lines, or the one object of an ordinary body. */
    public List<Map<String, @Nullable Object>> items() {
        return lines == null ? List.of(fields) : lines;
    }
}
