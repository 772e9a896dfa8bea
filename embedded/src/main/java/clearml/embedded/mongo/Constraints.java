package clearml.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a filter demands of fields, all at once. */
final class Constraints {

    private final Map<String, FieldConstraint> byPath = new HashMap<>();

    static Constraints of(Document filter) {
        Constraints constraints = new Constraints();
        constraints.add("", filter);
        return constraints;
    }

    @Nullable
    FieldConstraint on(String path) {
        FieldConstraint constraint = byPath.get(path);
        return constraint != null && constraint.useful() ? constraint : null;
    }

    boolean isEmpty() {
        return byPath.isEmpty();
    }

    private void add(String prefix, Document filter) {
        filter.forEach((key, value) -> {
            if (key.equals("$and") && value instanceof List<?> parts) {
                parts.forEach(part -> {
                    if (part instanceof Document d) {
                        add(prefix, d);
                    }
                });
            } else if (!key.startsWith("$")) {
                field(prefix + key, value);
            }
        });
    }

    private void field(String path, @Nullable Object value) {
        byPath.computeIfAbsent(path, p -> new FieldConstraint()).demand(value);
        if (value instanceof Document d && d.get("$elemMatch") instanceof Document inner && plain(inner)) {
            add(path + ".", inner);
        }
    }

    private static boolean plain(Document filter) {
        return filter.keySet().stream().noneMatch(key -> key.startsWith("$"));
    }
}
