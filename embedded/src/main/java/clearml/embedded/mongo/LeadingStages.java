package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Collation;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first stages of a pipeline, as far as they are a query; {@code count} is how many they are. */
record LeadingStages(Query query, int count) {

    static LeadingStages of(List<?> stages, Collation collation) {
        int next = 0;
        List<Document> filters = new ArrayList<>();
        while (stage(stages, next, "$match") instanceof Document filter) {
            filters.add(filter);
            next++;
        }
        Object sort = stage(stages, next, "$sort");
        next += sort == null ? 0 : 1;
        Object skip = stage(stages, next, "$skip");
        next += skip == null ? 0 : 1;
        Object limit = stage(stages, next, "$limit");
        next += limit == null ? 0 : 1;
        Document filter = filters.isEmpty()
                ? new Document()
                : filters.size() == 1 ? filters.get(0) : new Document("$and", filters);
        return new LeadingStages(Query.of(filter, sort, skip, limit, collation), next);
    }

    private static @Nullable Object stage(List<?> stages, int at, String name) {
        return at < stages.size() && stages.get(at) instanceof Document d ? d.get(name) : null;
    }
}
