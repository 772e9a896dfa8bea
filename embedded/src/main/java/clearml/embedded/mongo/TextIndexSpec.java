package clearml.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Text indexes are stored and listed with a key of their own; their fields stand in the weights. */
final class TextIndexSpec {

    private TextIndexSpec() {}

    static void complete(Document spec) {
        Document key = (Document) spec.get("key");
        Document listed = new Document();
        TreeMap<String, Object> weights = new TreeMap<>();
        if (spec.get("weights") instanceof Document given) {
            weights.putAll(given);
        }
        if (key != null) {
            key.forEach((field, kind) -> {
                if (!"text".equals(kind)) {
                    listed.put(field, kind);
                } else if (field.equals("_fts")) {
                    listed.put("_ftsx", 1);
                } else {
                    weights.putIfAbsent(field, 1);
                }
            });
        }
        Document complete = new Document("_fts", "text").append("_ftsx", 1);
        listed.forEach(complete::putIfAbsent);
        spec.put("key", complete);
        spec.put("weights", new Document(weights));
        spec.putIfAbsent("default_language", "english");
        spec.putIfAbsent("language_override", "language");
        spec.putIfAbsent("textIndexVersion", 3);
    }

    static List<String> fields(Document spec) {
        return spec.get("weights") instanceof Document weights ? new ArrayList<>(weights.keySet()) : List.of();
    }
}
