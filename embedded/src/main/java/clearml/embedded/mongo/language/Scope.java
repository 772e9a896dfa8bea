package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.Document;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an expression sees: the document, the variables, how strings compare. */
record Scope(@Nullable Object root, Map<String, @Nullable Object> variables, Collation collation) {

    static final Map<String, @Nullable Object> NO_VARIABLES = Map.of();

    Scope with(String name, @Nullable Object value) {
        Map<String, @Nullable Object> more = new HashMap<>(variables);
        more.put(name, value);
        return new Scope(root, more, collation);
    }

    @Nullable
    Object variable(String name) {
        if (variables.containsKey(name)) {
            return variables.get(name);
        }
        return switch (name) {
            case "ROOT", "CURRENT" -> root;
            case "NOW" -> Instant.now();
            case "REMOVE" -> Values.MISSING;
            default -> throw Errors.location(17276, "Use of undefined variable: " + name);
        };
    }

    static Scope of(Document document, Collation collation) {
        return new Scope(document, NO_VARIABLES, collation);
    }
}
