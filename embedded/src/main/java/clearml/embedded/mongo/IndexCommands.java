package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Values;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** createIndexes, listIndexes and dropIndexes. */
final class IndexCommands {

    private final Catalog catalog;

    IndexCommands(Catalog catalog) {
        this.catalog = catalog;
    }

    void register(Commands commands) {
        commands.add("createIndexes", this::create);
        commands.add("listIndexes", this::list);
        commands.add("dropIndexes", this::drop);
        commands.add("deleteIndexes", this::drop);
    }

    private Document create(Request request) {
        boolean existed = catalog.find(request.namespace()) != null;
        StoredCollection collection = catalog.getOrCreate(request.namespace());
        collection.lock().lock();
        try {
            int before = collection.indexes().size();
            List<IndexSpec> missing = new ArrayList<>();
            for (Object requested : Values.list(request.get("indexes"), "indexes")) {
                IndexSpec spec = IndexSpec.of(Values.document(requested, "an index"));
                if (!exists(collection, spec)) {
                    missing.add(spec);
                }
            }
            missing.forEach(spec -> build(collection, spec));
            Document answer = new Document("numIndexesBefore", before)
                    .append("numIndexesAfter", collection.indexes().size())
                    .append("createdCollectionAutomatically", !existed);
            if (missing.isEmpty()) {
                answer.put("note", "all indexes already exist");
            } else {
                catalog.saved(collection);
            }
            return answer;
        } finally {
            collection.lock().unlock();
            catalog.file().commit();
        }
    }

    private static boolean exists(StoredCollection collection, IndexSpec requested) {
        for (CollectionIndex index : collection.indexes()) {
            IndexSpec existing = index.spec();
            boolean sameName = existing.name().equals(requested.name());
            if (sameName && !existing.sameAs(requested)) {
                throw new MongoServerError(
                        86,
                        "IndexKeySpecsConflict",
                        "An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: "
                                + requested.document() + ", existing index: " + existing.document());
            }
            if (!sameName && (existing.sameAs(requested) || existing.text() && requested.text())) {
                throw new MongoServerError(
                        85,
                        "IndexOptionsConflict",
                        existing.text()
                                ? "An equivalent index already exists with a different name and options. Requested index: "
                                        + requested.document() + ", existing index: " + existing.document()
                                : "Index already exists with a different name: " + existing.name());
            }
            if (sameName) {
                return true;
            }
        }
        return requested.key().equals(IndexSpec.id().key());
    }

    private static void build(StoredCollection collection, IndexSpec spec) {
        CollectionIndex index = collection.index(spec);
        if (!spec.text()) {
            FieldNames fields = new FieldNames(index.topFields());
            for (StoredDocument stored : collection.documents().values()) {
                Content content = Objects.requireNonNull(stored.content());
                List<@Nullable Object[]> keys = index.keys(content.decode(fields));
                @Nullable Object[] violated = index.violation(keys, stored);
                if (violated != null) {
                    throw DuplicateKey.of(collection.namespace(), spec, violated);
                }
                index.add(keys, stored);
            }
        }
        collection.add(index);
    }

    private StoredCollection existing(Request request) {
        StoredCollection collection = catalog.find(request.namespace());
        if (collection == null) {
            throw new MongoServerError(26, "NamespaceNotFound", "ns does not exist: " + request.namespace());
        }
        return collection;
    }

    private Document list(Request request) {
        StoredCollection collection = existing(request);
        List<Document> specs = collection.indexes().stream()
                .map(index -> index.spec().document())
                .toList();
        return Cursors.answer(0, collection.namespace().toString(), "firstBatch", specs);
    }

    private Document drop(Request request) {
        StoredCollection collection = existing(request);
        collection.lock().lock();
        try {
            int before = collection.indexes().size();
            for (CollectionIndex index : chosen(collection, request.get("index"))) {
                if (index.spec().name().equals(IndexSpec.ID)) {
                    throw new MongoServerError(72, "InvalidOptions", "cannot drop _id index");
                }
                collection.drop(index);
            }
            catalog.saved(collection);
            return new Document("nIndexesWas", before);
        } finally {
            collection.lock().unlock();
            catalog.file().commit();
        }
    }

    private static List<CollectionIndex> chosen(StoredCollection collection, @Nullable Object wanted) {
        Map<String, CollectionIndex> byName = new HashMap<>();
        collection.indexes().forEach(index -> byName.put(index.spec().name(), index));
        if ("*".equals(wanted)) {
            byName.remove(IndexSpec.ID);
            return List.copyOf(byName.values());
        }
        List<CollectionIndex> chosen = new ArrayList<>();
        List<?> all = wanted instanceof List<?> l ? l : Collections.singletonList(wanted);
        for (Object each : all) {
            CollectionIndex found = each instanceof Document key
                    ? byName.values().stream()
                            .filter(index -> index.spec().key().equals(key))
                            .findFirst()
                            .orElse(null)
                    : byName.get(String.valueOf(each));
            if (found == null) {
                throw new MongoServerError(27, "IndexNotFound", "index not found with name [" + each + "]");
            }
            chosen.add(found);
        }
        return chosen;
    }
}
