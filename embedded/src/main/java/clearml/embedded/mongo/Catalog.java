package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Values;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** All collections, and in the file their names and indexes. */
final class Catalog {

    private final StoreFile file;
    private final MVMap<String, byte[]> entries;
    private final Map<String, StoredCollection> collections = new ConcurrentSkipListMap<>();

    Catalog(StoreFile file) {
        this.file = file;
        this.entries = file.map("catalog");
        for (String name : new ArrayList<>(entries.keySet())) {
            collections.put(name, open(Namespace.of(name), BsonBytes.decode(entry(name))));
        }
    }

    private byte[] entry(String name) {
        return Objects.requireNonNull(entries.get(name));
    }

    private StoredCollection open(Namespace namespace, Document entry) {
        List<IndexSpec> specs = new ArrayList<>();
        for (Object spec : Values.list(entry.get("indexes"), "indexes")) {
            Document d = Values.document(spec, "index");
            specs.add(new IndexSpec(String.valueOf(d.get("name")), d));
        }
        return new StoredCollection(
                namespace, new DocumentFile(file, file.documents(String.valueOf(entry.get("map")))), specs);
    }

    StoreFile file() {
        return file;
    }

    @Nullable
    StoredCollection find(Namespace namespace) {
        return collections.get(namespace.toString());
    }

    synchronized StoredCollection getOrCreate(Namespace namespace) {
        StoredCollection existing = find(namespace);
        if (existing != null) {
            return existing;
        }
        checkName(namespace);
        Document entry = new Document("map", file.newMapName())
                .append("indexes", List.of(IndexSpec.id().document()));
        entries.put(namespace.toString(), BsonBytes.encode(entry));
        file.changed();
        StoredCollection created = open(namespace, entry);
        collections.put(namespace.toString(), created);
        return created;
    }

    private static void checkName(Namespace namespace) {
        String name = namespace.collection();
        if (name.isEmpty() || name.contains("$") || name.contains("\0") || name.startsWith(".")) {
            throw new MongoServerError(73, "InvalidNamespace", "Invalid namespace specified '" + namespace + "'");
        }
    }

    /** Writes the collection's indexes down. */
    synchronized void saved(StoredCollection collection) {
        List<Document> specs = new ArrayList<>();
        collection.indexes().forEach(index -> specs.add(index.spec().document()));
        Document entry = new Document("map", collection.file().getName()).append("indexes", specs);
        entries.put(collection.namespace().toString(), BsonBytes.encode(entry));
        file.changed();
    }

    synchronized void drop(StoredCollection collection) {
        collections.remove(collection.namespace().toString());
        entries.remove(collection.namespace().toString());
        file.remove(collection.file());
    }

    synchronized void rename(StoredCollection collection, Namespace to) {
        collections.remove(collection.namespace().toString());
        entries.remove(collection.namespace().toString());
        collection.rename(to);
        collections.put(to.toString(), collection);
        saved(collection);
    }

    /** The collections of a database by name. */
    List<StoredCollection> of(String database) {
        return collections.values().stream()
                .filter(c -> c.namespace().database().equals(database))
                .toList();
    }

    List<String> databases() {
        return collections.values().stream()
                .map(c -> c.namespace().database())
                .distinct()
                .toList();
    }
}
