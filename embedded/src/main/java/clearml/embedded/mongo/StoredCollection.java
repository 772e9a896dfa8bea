package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Values;
import de.bwaldvogel.mongo.bson.Document;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** A collection: its documents in memory and in the file, its indexes in memory. */
final class StoredCollection {

    private final UUID uuid = UUID.randomUUID();
    private final DocumentFile file;
    private final ConcurrentSkipListMap<Long, StoredDocument> documents = new ConcurrentSkipListMap<>();
    private final Map<Object, StoredDocument> byId = new ConcurrentHashMap<>();
    private final AtomicLong dataSize = new AtomicLong();
    private final CopyOnWriteArrayList<CollectionIndex> indexes = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final CommonValues common = new CommonValues();
    private volatile KeptFields kept = KeptFields.of(List.of(), common);
    private volatile Namespace namespace;
    private long lastRecordId;

    StoredCollection(Namespace namespace, DocumentFile file, List<IndexSpec> specs) {
        this.namespace = namespace;
        this.file = file;
        specs.forEach(spec -> add(index(spec)));
        load();
    }

    private void load() {
        FieldNames fields = indexed();
        file.load((recordId, content) -> {
            Document document = content.decode(fields);
            StoredDocument stored = new StoredDocument(recordId, Values.key(document.get("_id")), content);
            documents.put(recordId, stored);
            byId.put(stored.idKey(), stored);
            dataSize.addAndGet(content.size());
            for (CollectionIndex index : indexes) {
                if (!index.spec().text()) {
                    index.add(index.keys(document), stored);
                }
            }
            lastRecordId = recordId;
        });
    }

    UUID uuid() {
        return uuid;
    }

    Namespace namespace() {
        return namespace;
    }

    void rename(Namespace changed) {
        namespace = changed;
    }

    MVMap<Long, byte[]> file() {
        return file.map();
    }

    NavigableMap<Long, StoredDocument> documents() {
        return documents;
    }

    int size() {
        return byId.size();
    }

    long dataSize() {
        return dataSize.get();
    }

    /** Held by whoever changes documents or indexes. */
    ReentrantLock lock() {
        return lock;
    }

    List<CollectionIndex> indexes() {
        return indexes;
    }

    /** A new index, empty and not yet among those of the collection. */
    CollectionIndex index(IndexSpec spec) {
        return new CollectionIndex(spec, common);
    }

    void add(CollectionIndex index) {
        indexes.add(index);
        kept = KeptFields.of(indexes, common);
    }

    void drop(CollectionIndex index) {
        indexes.remove(index);
        kept = KeptFields.of(indexes, common);
    }

    /** The top-level fields that the indexes read. */
    FieldNames indexed() {
        Set<String> indexed = new HashSet<>();
        indexes.forEach(index -> indexed.addAll(index.topFields()));
        return new FieldNames(indexed);
    }

    /** The fields whose values are kept decoded. */
    KeptFields kept() {
        return kept;
    }

    QueryPlanner planner() {
        return new QueryPlanner(indexes);
    }

    @Nullable
    StoredDocument byId(@Nullable Object id) {
        return byId.get(Values.key(id));
    }

    List<String> textFields() {
        for (CollectionIndex index : indexes) {
            if (index.spec().text()) {
                return index.spec().textFields();
            }
        }
        return List.of();
    }

    StoredDocument put(Document document, Content content) {
        StoredDocument stored = new StoredDocument(++lastRecordId, Values.key(document.get("_id")), content);
        documents.put(stored.recordId(), stored);
        byId.put(stored.idKey(), stored);
        file.put(stored.recordId(), content, null);
        dataSize.addAndGet(content.size());
        return stored;
    }

    void replace(StoredDocument stored, Content old, Content content) {
        stored.content(content);
        file.put(stored.recordId(), content, old);
        dataSize.addAndGet(content.size() - old.size());
    }

    void remove(StoredDocument stored, Content old) {
        stored.content(null);
        documents.remove(stored.recordId());
        byId.remove(stored.idKey());
        file.remove(stored.recordId(), old);
        dataSize.addAndGet(-old.size());
    }
}
