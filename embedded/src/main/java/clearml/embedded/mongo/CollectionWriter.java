package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Filter;
import clearml.embedded.mongo.language.Update;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes documents of a collection. Each call is atomic for the documents that it touches. */
final class CollectionWriter {

    private static final int MAX_SIZE = 16 * 1024 * 1024;

    /** What an update did; {@code upserted} is the new _id. */
    record Updated(int matched, int modified, @Nullable Object upserted) {}

    /** A document before and after a change; null where there was none. {@code upserted} is the new _id. */
    record Changed(
            @Nullable Content before,
            @Nullable Content after,
            @Nullable Object upserted) {}

    private final StoredCollection collection;
    private final CollectionReader reader;

    CollectionWriter(StoredCollection collection) {
        this.collection = collection;
        this.reader = new CollectionReader(collection);
    }

    void insert(Document document) {
        Document whole = withId(document);
        collection.lock().lock();
        try {
            add(whole);
        } finally {
            collection.lock().unlock();
        }
    }

    private static Document withId(Document document) {
        Object id = document.containsKey("_id") ? document.get("_id") : new ObjectId();
        if (id instanceof List) {
            throw new MongoServerError(53, "InvalidIdField", "The '_id' value cannot be of type array");
        }
        if (!document.isEmpty() && document.keySet().iterator().next().equals("_id")) {
            return document;
        }
        Document whole = new Document("_id", id);
        document.forEach(whole::putIfAbsent);
        return whole;
    }

    private Content add(Document document) {
        Content content = checked(ContentWriter.of(document));
        List<List<@Nullable Object[]>> keys = new ArrayList<>();
        for (CollectionIndex index : collection.indexes()) {
            List<@Nullable Object[]> of = index.spec().text() ? List.of() : index.keys(document);
            check(index, of, null);
            keys.add(of);
        }
        StoredDocument stored = collection.put(document, content);
        for (int i = 0; i < keys.size(); i++) {
            collection.indexes().get(i).add(keys.get(i), stored);
        }
        return content;
    }

    private static Content checked(Content content) {
        if (content.size() > MAX_SIZE) {
            throw new MongoServerError(
                    10334,
                    "BSONObjectTooLarge",
                    "BSONObj size: " + content.size() + " is invalid. Size must be between 0 and " + MAX_SIZE);
        }
        return content;
    }

    private void check(CollectionIndex index, List<@Nullable Object[]> keys, @Nullable StoredDocument self) {
        @Nullable Object[] violated = index.violation(keys, self);
        if (violated != null) {
            throw DuplicateKey.of(collection.namespace(), index.spec(), violated);
        }
    }

    Updated update(Query query, Update update, boolean multi, boolean upsert) {
        Filter filter = reader.compile(query);
        collection.lock().lock();
        try {
            List<Match> found = reader.find(multi ? query : query.first());
            DocumentChange change = new DocumentChange(collection.indexes(), update, filter);
            int modified = 0;
            for (Match match : found) {
                if (apply(match, change) != null) {
                    modified++;
                }
            }
            if (!found.isEmpty() || !upsert) {
                return new Updated(found.size(), modified, null);
            }
            Document created = created(query, update);
            add(created);
            return new Updated(0, 0, created.get("_id"));
        } finally {
            collection.lock().unlock();
        }
    }

    /** The changed document, null when the update changed nothing. */
    private @Nullable Content apply(Match match, DocumentChange change) {
        DocumentChange.Changed changed = change.apply(match.content());
        if (changed == null) {
            return null;
        }
        Content content = checked(changed.content());
        List<CollectionIndex> affected = new ArrayList<>();
        List<KeyChange> keys = new ArrayList<>();
        for (CollectionIndex index : collection.indexes()) {
            if (!index.spec().text() && index.topFields().stream().anyMatch(changed.touched()::contains)) {
                KeyChange of = index.change(changed.before(), changed.after(), changed.touched());
                check(index, of.added(), match.document());
                affected.add(index);
                keys.add(of);
            }
        }
        for (int i = 0; i < affected.size(); i++) {
            affected.get(i).add(keys.get(i).added(), match.document());
        }
        collection.replace(match.document(), match.content(), content);
        for (int i = 0; i < affected.size(); i++) {
            affected.get(i).remove(keys.get(i).removed(), match.document());
        }
        return content;
    }

    private static Document created(Query query, Update update) {
        Document seed = UpsertSeed.of(query.filter());
        return withId(update.apply(seed, -1, true));
    }

    int delete(Query query) {
        collection.lock().lock();
        try {
            List<Match> found = reader.find(query);
            found.forEach(this::remove);
            return found.size();
        } finally {
            collection.lock().unlock();
        }
    }

    private void remove(Match match) {
        Document old = match.content().decode(collection.indexed());
        collection.remove(match.document(), match.content());
        for (CollectionIndex index : collection.indexes()) {
            if (!index.spec().text()) {
                index.remove(index.keys(old), match.document());
            }
        }
    }

    /** Changes the first document of the query; deletes it when there is no update. */
    Changed findAndModify(Query query, @Nullable Update update, boolean upsert) {
        Filter filter = reader.compile(query);
        collection.lock().lock();
        try {
            List<Match> found = reader.find(query.first());
            if (found.isEmpty()) {
                if (update == null || !upsert) {
                    return new Changed(null, null, null);
                }
                Document created = created(query, update);
                return new Changed(null, add(created), created.get("_id"));
            }
            Match match = found.get(0);
            if (update == null) {
                remove(match);
                return new Changed(match.content(), null, null);
            }
            Content after = apply(match, new DocumentChange(collection.indexes(), update, filter));
            return new Changed(match.content(), after == null ? match.content() : after, null);
        } finally {
            collection.lock().unlock();
        }
    }
}
