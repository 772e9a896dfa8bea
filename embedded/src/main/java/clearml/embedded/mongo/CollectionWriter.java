package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Filter;
import clearml.embedded.mongo.language.Update;
import clearml.embedded.mongo.language.Values;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes documents of a collection. Each call is atomic for the documents that it touches. */
final class CollectionWriter {

    private static final int MAX_SIZE = 16 * 1024 * 1024;

    /** What an update did; {@code upserted} is the new _id. */
    record Updated(int matched, int modified, @Nullable Object upserted) {}

    /** A document before and after a change; null where there was none. */
    record Changed(
            @Nullable Document before,
            @Nullable Document after,
            @Nullable Object upserted) {}

    private final StoredCollection collection;
    private final CollectionReader reader;
    private final StoreFile file;

    CollectionWriter(StoredCollection collection, StoreFile file) {
        this.collection = collection;
        this.reader = new CollectionReader(collection);
        this.file = file;
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

    private void add(Document document) {
        byte[] bytes = encode(document);
        List<List<@Nullable Object[]>> keys = new ArrayList<>();
        for (CollectionIndex index : collection.indexes()) {
            List<@Nullable Object[]> of = index.spec().text() ? List.of() : index.keys(document);
            check(index, of, null);
            keys.add(of);
        }
        StoredDocument stored = collection.put(document, bytes);
        for (int i = 0; i < keys.size(); i++) {
            collection.indexes().get(i).add(keys.get(i), stored);
        }
        file.changed();
    }

    private static byte[] encode(Document document) {
        byte[] bytes = BsonBytes.encode(document);
        if (bytes.length > MAX_SIZE) {
            throw new MongoServerError(
                    10334,
                    "BSONObjectTooLarge",
                    "BSONObj size: " + bytes.length + " is invalid. Size must be between 0 and " + MAX_SIZE);
        }
        return bytes;
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
            int modified = 0;
            for (Match match : found) {
                if (apply(match, BsonBytes.decode(match.bytes()), filter, update) != null) {
                    modified++;
                }
            }
            Object upserted = found.isEmpty() && upsert ? upsert(query, update).get("_id") : null;
            return new Updated(found.size(), modified, upserted);
        } finally {
            collection.lock().unlock();
        }
    }

    /** The changed document, null when the update changed nothing. */
    private @Nullable Document apply(Match match, Document old, Filter filter, Update update) {
        Document changed = update.apply(old, filter.position(old), false);
        if (changed.equals(old)) {
            return null;
        }
        checkId(old, changed, update);
        replace(match.document(), old, changed);
        return changed;
    }

    private static void checkId(Document old, Document changed, Update update) {
        Object id = old.get("_id");
        if (!changed.containsKey("_id") || !Objects.equals(id, changed.get("_id"))) {
            throw new MongoServerError(
                    66,
                    "ImmutableField",
                    update.replacement()
                            ? "After applying the update, the (immutable) field '_id' was found to have been altered to _id: "
                                    + changed.get("_id")
                            : "Performing an update on the path '_id' would modify the immutable field '_id'");
        }
    }

    private void replace(StoredDocument stored, Document old, Document changed) {
        byte[] bytes = encode(changed);
        Set<String> touched = touched(old, changed);
        List<CollectionIndex> affected = new ArrayList<>();
        List<List<@Nullable Object[]>> keys = new ArrayList<>();
        for (CollectionIndex index : collection.indexes()) {
            if (!index.spec().text() && index.topFields().stream().anyMatch(touched::contains)) {
                List<@Nullable Object[]> of = index.keys(changed);
                check(index, of, stored);
                affected.add(index);
                keys.add(of);
            }
        }
        for (int i = 0; i < affected.size(); i++) {
            affected.get(i).add(keys.get(i), stored);
        }
        collection.replace(stored, bytes);
        for (int i = 0; i < affected.size(); i++) {
            affected.get(i).remove(affected.get(i).keys(old), keys.get(i), stored);
        }
        file.changed();
    }

    private static Set<String> touched(Document old, Document changed) {
        Set<String> touched = new HashSet<>();
        changed.forEach((name, value) -> {
            Object before = old.getOrDefault(name, Values.MISSING);
            if (before != value && !Objects.equals(before, value)) {
                touched.add(name);
            }
        });
        old.keySet().forEach(name -> {
            if (!changed.containsKey(name)) {
                touched.add(name);
            }
        });
        return touched;
    }

    private Document upsert(Query query, Update update) {
        Document seed = UpsertSeed.of(query.filter());
        Document created = withId(update.apply(seed, -1, true));
        add(created);
        return created;
    }

    int delete(Query query) {
        collection.lock().lock();
        try {
            List<Match> found = reader.find(query);
            FieldNames indexed = collection.indexed();
            found.forEach(match -> remove(match.document(), BsonBytes.decode(match.bytes(), indexed)));
            return found.size();
        } finally {
            collection.lock().unlock();
        }
    }

    private void remove(StoredDocument stored, Document old) {
        collection.remove(stored);
        for (CollectionIndex index : collection.indexes()) {
            if (!index.spec().text()) {
                index.remove(index.keys(old), List.of(), stored);
            }
        }
        file.changed();
    }

    /** Changes the first document of the query; deletes it when there is no update. */
    Changed findAndModify(Query query, @Nullable Update update, boolean upsert) {
        Filter filter = reader.compile(query);
        collection.lock().lock();
        try {
            List<Match> found = reader.find(query.first());
            if (found.isEmpty()) {
                Document created = update != null && upsert ? upsert(query, update) : null;
                return new Changed(null, created, created == null ? null : created.get("_id"));
            }
            Match match = found.get(0);
            Document before = BsonBytes.decode(match.bytes());
            if (update == null) {
                remove(match.document(), before);
                return new Changed(before, null, null);
            }
            Document after = apply(match, before, filter, update);
            return new Changed(before, after == null ? before : after, null);
        } finally {
            collection.lock().unlock();
        }
    }
}
