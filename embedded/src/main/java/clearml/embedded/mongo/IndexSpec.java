package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Collation;
import clearml.embedded.mongo.language.Errors;
import clearml.embedded.mongo.language.FieldPath;
import clearml.embedded.mongo.language.Filter;
import clearml.embedded.mongo.language.Values;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The definition of an index, completed with the defaults that the real server lists. */
record IndexSpec(String name, Document document) {

    static final String ID = "_id_";

    private static final Set<String> OPTIONS = Set.of(
            "v",
            "key",
            "name",
            "unique",
            "sparse",
            "background",
            "collation",
            "partialFilterExpression",
            "weights",
            "default_language",
            "language_override",
            "textIndexVersion",
            "ns",
            "hidden",
            "dropDups");

    static IndexSpec id() {
        return new IndexSpec(
                ID, new Document("v", 2).append("key", new Document("_id", 1)).append("name", ID));
    }

    /** Reads one element of createIndexes. */
    static IndexSpec of(Document requested) {
        for (String option : requested.keySet()) {
            if (option.equals("expireAfterSeconds") || option.equals("storageEngine")) {
                throw Errors.unsupported("the index option " + option);
            }
            if (!OPTIONS.contains(option)) {
                throw new MongoServerError(
                        197,
                        "InvalidIndexSpecificationOption",
                        "The field '" + option + "' is not valid for an index specification. Specification: "
                                + requested);
            }
        }
        if (!(requested.get("key") instanceof Document key) || key.isEmpty()) {
            throw cannotCreate("Index keys cannot be empty.");
        }
        if (!(requested.get("name") instanceof String name)) {
            throw Errors.failedToParse("The 'name' field is a required property of an index specification");
        }
        Document spec = new Document("v", 2).append("key", key).append("name", name);
        requested.forEach((option, value) -> {
            if (!spec.containsKey(option) && !option.equals("ns")) {
                spec.put(option, option.equals("collation") ? CollationSpec.complete(value) : value);
            }
        });
        if (key.containsValue("text")) {
            TextIndexSpec.complete(spec);
        } else {
            checkDirections(key);
        }
        return new IndexSpec(name, spec);
    }

    static MongoServerError cannotCreate(String message) {
        return new MongoServerError(67, "CannotCreateIndex", message);
    }

    private static void checkDirections(Document key) {
        for (Object direction : key.values()) {
            if (direction instanceof String kind) {
                throw Errors.unsupported("an index of kind " + kind);
            }
            if (!(direction instanceof Number n) || n.doubleValue() == 0) {
                throw cannotCreate("Values in v:2 index key pattern cannot be of type " + direction
                        + ". Only numbers > 0, numbers < 0, and strings are allowed.");
            }
        }
    }

    Document key() {
        return Values.document(document.get("key"), "key");
    }

    boolean text() {
        return document.containsKey("weights");
    }

    /** The fields of a text index. */
    List<String> textFields() {
        return text() ? TextIndexSpec.fields(document) : List.of();
    }

    boolean unique() {
        return name.equals(ID) || Values.truthy(document.get("unique"));
    }

    boolean sparse() {
        return Values.truthy(document.get("sparse"));
    }

    Collation collation() {
        return Collation.of(document.get("collation"));
    }

    @Nullable
    Filter partialFilter() {
        return document.get("partialFilterExpression") instanceof Document d ? Filter.of(d, collation()) : null;
    }

    List<FieldPath> paths() {
        List<FieldPath> paths = new ArrayList<>();
        key().keySet().forEach(field -> paths.add(FieldPath.of(field)));
        return paths;
    }

    /** Whether the field is descending, in the order of the key. */
    List<Boolean> descending() {
        List<Boolean> descending = new ArrayList<>();
        key().values().forEach(direction -> descending.add(direction instanceof Number n && n.doubleValue() < 0));
        return descending;
    }

    Set<String> topFields() {
        Set<String> top = new HashSet<>();
        paths().forEach(path -> top.add(path.top()));
        Filter partial = partialFilter();
        if (partial != null && partial.fields() != null) {
            top.addAll(partial.fields());
        }
        return top;
    }

    /** Whether both define the same index; what only concerns how it is built does not count. */
    boolean sameAs(IndexSpec other) {
        return essence(document).equals(essence(other.document));
    }

    private static Map<String, Object> essence(Document spec) {
        Document essence = new Document();
        essence.put("key", orderedNumbers(Values.document(spec.get("key"), "key")));
        for (String option : List.of("collation", "partialFilterExpression", "weights", "default_language")) {
            essence.putIfNotNull(option, spec.get(option));
        }
        essence.put("unique", Values.truthy(spec.get("unique")));
        essence.put("sparse", Values.truthy(spec.get("sparse")));
        return essence;
    }

    private static List<Object> orderedNumbers(Document key) {
        List<Object> parts = new ArrayList<>();
        key.forEach((field, direction) -> {
            parts.add(field);
            parts.add(direction instanceof Number n ? (Object) n.intValue() : direction);
        });
        return parts;
    }
}
