package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Collation;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of a pipeline that is a query, and the stages behind it. */
record LeadingStages(Query query, List<?> rest) {

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
        return new LeadingStages(Query.of(filter, sort, skip, limit, collation), stages.subList(next, stages.size()));
    }

    private static @Nullable Object stage(List<?> stages, int at, String name) {
        return at < stages.size() && stages.get(at) instanceof Document d ? d.get(name) : null;
    }
}
