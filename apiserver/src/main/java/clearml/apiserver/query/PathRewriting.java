package clearml.apiserver.query;

import clearml.apiserver.call.ApiError;
import java.util.List;
import java.util.Map;

/**
 * How paths in request keys, projections and orders become stored paths: names of older versions are replaced anywhere,
 * and below the given prefixes each part is escaped as stored keys are. Clients escape the dots of a part only.
 *
 * @param replaced older path to the present one
 * @param escaped first parts whose paths hold keys made by users, {@code hyperparams}
 * @param maxParts most parts such a path may have; at least two
 * @param complaint detail of the error for a path with another number of parts
 */
public record PathRewriting(Map<String, String> replaced, List<String> escaped, int maxParts, String complaint) {

    /** Paths are what they are. */
    public static final PathRewriting NONE = new PathRewriting(Map.of(), List.of(), 0, "");

    /** Whether this changes anything at all. */
    boolean isActive() {
        return !escaped.isEmpty();
    }

    /** The stored path of a request's path, which may begin with {@code -}. */
    public String apply(String path) {
        if (path.indexOf('.') < 0) {
            return path;
        }
        String present = path;
        for (Map.Entry<String, String> older : replaced.entrySet()) {
            present = present.replace(older.getKey(), older.getValue());
        }
        String sign = present.startsWith("-") ? "-" : "";
        String unsigned = present.substring(sign.length());
        int dot = unsigned.indexOf('.');
        return dot >= 0 && escaped.contains(unsigned.substring(0, dot)) ? sign + escape(present, unsigned) : present;
    }

    private String escape(String whole, String path) {
        String[] parts = path.split("\\.", -1);
        if (parts.length < 2 || parts.length > maxParts) {
            throw ApiError.VALIDATION_ERROR.of(complaint).with("path", whole);
        }
        for (int i = 0; i < parts.length; i++) {
            parts[i] = KeyEscaping.escape(KeyEscaping.unescape(parts[i]));
        }
        return String.join(".", parts);
    }
}
