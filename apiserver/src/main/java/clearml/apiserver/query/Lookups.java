package clearml.apiserver.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.bson.Document;
import org.bson.RawBsonDocument;

/**
 * Fetches documents of several collections in one round trip to the store: the one pipeline is about the first, and unites
 * it with the others. What a document was looked up for is a member of it, which no entity has.
 */
final class Lookups {

    private static final String NUMBER = "_lookup";

    private final EntityDocuments documents;

    Lookups(EntityDocuments documents) {
        this.documents = documents;
    }

    /** Hands over what is found, in no particular order. */
    void each(List<Lookup> lookups, BiConsumer<Lookup, RawBsonDocument> found) {
        if (lookups.size() == 1) {
            Lookup only = lookups.get(0);
            documents
                    .find(only.model(), only.condition(), only.projection())
                    .forEach(document -> found.accept(only, document));
        } else {
            documents
                    .aggregate(lookups.get(0).model(), together(lookups))
                    .forEach(document ->
                            found.accept(lookups.get(document.getInt32(NUMBER).getValue()), document));
        }
    }

    private static List<Document> together(List<Lookup> lookups) {
        List<Document> stages = stages(lookups.get(0), 0);
        for (int i = 1; i < lookups.size(); i++) {
            Lookup other = lookups.get(i);
            stages.add(new Document(
                    "$unionWith",
                    new Document("coll", other.model().collection()).append("pipeline", stages(other, i))));
        }
        return stages;
    }

    private static List<Document> stages(Lookup lookup, int number) {
        List<Document> stages = new ArrayList<>();
        stages.add(new Document("$match", lookup.condition()));
        if (lookup.projection() != null) {
            stages.add(new Document("$project", lookup.projection()));
        }
        stages.add(new Document("$addFields", new Document(NUMBER, number)));
        return stages;
    }
}
