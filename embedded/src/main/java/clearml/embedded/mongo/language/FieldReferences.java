package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.Document;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds which top-level fields of its input an expression or stage may read. */
public final class FieldReferences {

    private final Set<String> fields = new HashSet<>();
    /** The field of the last reference: the thousands in the update of a task's statistics are mostly to one. */
    private String last = "";

    private FieldReferences() {}

    /** The fields, or null when the whole document may be read. */
    public static @Nullable Set<String> of(@Nullable Object expression) {
        FieldReferences references = new FieldReferences();
        return references.collect(expression) ? references.fields : null;
    }

    private void add(String path, int from) {
        int end = from + last.length();
        boolean again = !last.isEmpty() && path.startsWith(last, from);
        if (!again || end < path.length() && path.charAt(end) != '.') {
            last = FieldPath.topOf(path.substring(from));
            fields.add(last);
        }
    }

    private boolean collect(@Nullable Object value) {
        if (value instanceof String s && s.startsWith("$")) {
            if (s.startsWith("$$ROOT") || s.startsWith("$$CURRENT")) {
                return false;
            }
            if (!s.startsWith("$$") && s.length() > 1) {
                add(s, 1);
            }
        } else if (value instanceof Document d) {
            for (Map.Entry<String, Object> entry : d.entrySet()) {
                if (entry.getKey().equals("$getField") || !collect(entry.getValue())) {
                    return false;
                }
            }
        } else if (value instanceof List<?> l) {
            for (Object element : l) {
                if (!collect(element)) {
                    return false;
                }
            }
        }
        return true;
    }
}
