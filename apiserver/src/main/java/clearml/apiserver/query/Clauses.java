package clearml.apiserver.query;

import java.util.List;
import java.util.Map;
import org.bson.Document;

/** Puts conditions together. */
final class Clauses {

    /** What no document fulfils. */
    static final Document NOTHING = new Document("_id", new Document("$in", List.of()));

    private Clauses() {}

    /** Several conditions under {@code $and} or {@code $or}; a single one stays as it is. */
    static Document join(String operator, List<Document> conditions) {
        return conditions.size() == 1 ? conditions.get(0) : new Document(operator, conditions);
    }

    /** All of the conditions, without {@code $and} where their keys differ, which keeps queries and indexes simple. */
    static Document all(List<Document> conditions) {
        Document merged = new Document();
        for (Document condition : conditions) {
            for (Map.Entry<String, Object> clause : condition.entrySet()) {
                if (merged.putIfAbsent(clause.getKey(), clause.getValue()) != null) {
                    return new Document("$and", conditions);
                }
            }
        }
        return merged;
    }
}
