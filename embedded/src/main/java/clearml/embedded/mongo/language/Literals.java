package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as the real server writes them into its messages. */
public final class Literals {

    private Literals() {}

    /** The value in shell notation, for example {@code { name: "x", company: "y" }}. */
    public static String of(@Nullable Object value) {
        if (value == null || value == Values.MISSING) {
            return "null";
        } else if (value instanceof String s) {
            return '"' + s.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        } else if (value instanceof Document d) {
            return d.isEmpty()
                    ? "{}"
                    : d.entrySet().stream()
                            .map(e -> e.getKey() + ": " + of(e.getValue()))
                            .collect(Collectors.joining(", ", "{ ", " }"));
        } else if (value instanceof List<?> l) {
            return l.isEmpty() ? "[]" : l.stream().map(Literals::of).collect(Collectors.joining(", ", "[ ", " ]"));
        } else if (value instanceof Instant i) {
            return "new Date(" + i.toEpochMilli() + ")";
        } else if (value instanceof ObjectId o) {
            return "ObjectId('" + o.getHexData() + "')";
        }
        return value.toString();
    }
}
