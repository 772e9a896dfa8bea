package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.Document;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds which top-level fields of its input an expression or stage may read. */
public final class FieldReferences {

    private FieldReferences() {}

    /** The fields, or null when the whole document may be read. */
    public static @Nullable Set<String> of(@Nullable Object expression) {
        Set<String> fields = new HashSet<>();
        return collect(expression, fields) ? fields : null;
    }

    private static boolean collect(@Nullable Object value, Set<String> fields) {
        if (value instanceof String s && s.startsWith("$")) {
            if (s.startsWith("$$ROOT") || s.startsWith("$$CURRENT")) {
                return false;
            }
            if (!s.startsWith("$$") && s.length() > 1) {
                fields.add(FieldPath.topOf(s.substring(1)));
            }
        } else if (value instanceof Document d) {
            for (Map.Entry<String, Object> entry : d.entrySet()) {
                if (entry.getKey().equals("$getField") || !collect(entry.getValue(), fields)) {
                    return false;
                }
            }
        } else if (value instanceof List<?> l) {
            for (Object element : l) {
                if (!collect(element, fields)) {
                    return false;
                }
            }
        }
        return true;
    }
}
