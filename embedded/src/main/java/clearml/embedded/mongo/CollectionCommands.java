package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Collation;
import clearml.embedded.mongo.language.Errors;
import clearml.embedded.mongo.language.Filter;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands on collections and databases as a whole. */
final class CollectionCommands {

    private final Catalog catalog;

    CollectionCommands(Catalog catalog) {
        this.catalog = catalog;
    }

    void register(Commands commands) {
        commands.add("create", this::create);
        commands.add("drop", this::drop);
        commands.add("dropDatabase", this::dropDatabase);
        commands.add("renameCollection", this::rename);
        commands.add("listCollections", this::list);
        commands.add("listDatabases", this::databases);
        commands.add("collStats", this::collectionStats);
        commands.add("dbStats", this::databaseStats);
        commands.add("validate", this::validate);
    }

    private Document create(Request request) {
        if (request.flag("capped", false) || request.get("viewOn") != null || request.get("timeseries") != null) {
            throw Errors.unsupported("a collection that is capped, a view or a time series");
        }
        if (catalog.find(request.namespace()) != null) {
            throw new MongoServerError(48, "NamespaceExists", "Collection " + request.namespace() + " already exists.");
        }
        catalog.getOrCreate(request.namespace());
        catalog.file().commit();
        return new Document();
    }

    private Document drop(Request request) {
        StoredCollection collection = catalog.find(request.namespace());
        if (collection == null) {
            return new Document();
        }
        int indexes = collection.indexes().size();
        drop(collection);
        catalog.file().commit();
        return new Document("nIndexesWas", indexes)
                .append("ns", request.namespace().toString());
    }

    private void drop(StoredCollection collection) {
        collection.lock().lock();
        try {
            catalog.drop(collection);
        } finally {
            collection.lock().unlock();
        }
    }

    private Document dropDatabase(Request request) {
        catalog.of(request.database()).forEach(this::drop);
        catalog.file().commit();
        return new Document("dropped", request.database());
    }

    private Document rename(Request request) {
        Namespace from = Namespace.of(String.valueOf(request.get("renameCollection")));
        Namespace to = Namespace.of(String.valueOf(request.get("to")));
        StoredCollection collection = catalog.find(from);
        if (collection == null) {
            throw new MongoServerError(26, "NamespaceNotFound", "Source collection " + from + " does not exist");
        }
        StoredCollection target = catalog.find(to);
        if (target != null && !request.flag("dropTarget", false)) {
            throw new MongoServerError(48, "NamespaceExists", "target namespace exists");
        }
        if (target != null) {
            drop(target);
        }
        catalog.rename(collection, to);
        catalog.file().commit();
        return new Document();
    }

    private Document list(Request request) {
        Filter filter = Filter.of(request.document("filter"), Collation.SIMPLE);
        List<Document> found = catalog.of(request.database()).stream()
                .map(CollectionCommands::description)
                .filter(filter::test)
                .toList();
        return Cursors.answer(0, request.database() + ".$cmd.listCollections", "firstBatch", found);
    }

    private static Document description(StoredCollection collection) {
        return new Document("name", collection.namespace().collection())
                .append("type", "collection")
                .append("options", new Document())
                .append("info", new Document("readOnly", false).append("uuid", collection.uuid()))
                .append("idIndex", IndexSpec.id().document());
    }

    private Document databases(Request request) {
        Filter filter = Filter.of(request.document("filter"), Collation.SIMPLE);
        List<Document> found = catalog.databases().stream()
                .map(name -> new Document("name", name)
                        .append("sizeOnDisk", size(name))
                        .append("empty", false))
                .filter(filter::test)
                .toList();
        return new Document("databases", found)
                .append("totalSize", catalog.file().size());
    }

    private long size(String database) {
        return catalog.of(database).stream()
                .mapToLong(StoredCollection::dataSize)
                .sum();
    }

    private Document collectionStats(Request request) {
        @Nullable StoredCollection collection = catalog.find(request.namespace());
        int count = collection == null ? 0 : collection.size();
        long size = collection == null ? 0 : collection.dataSize();
        return new Document("ns", request.namespace().toString())
                .append("count", count)
                .append("size", size)
                .append("avgObjSize", count == 0 ? 0 : size / count)
                .append("storageSize", size)
                .append(
                        "nindexes",
                        collection == null ? 0 : collection.indexes().size());
    }

    private Document databaseStats(Request request) {
        List<StoredCollection> all = catalog.of(request.database());
        return new Document("db", request.database())
                .append("collections", all.size())
                .append(
                        "objects",
                        all.stream().mapToLong(StoredCollection::size).sum())
                .append("dataSize", (double) size(request.database()))
                .append("storageSize", (double) catalog.file().size())
                .append(
                        "indexes",
                        all.stream().mapToInt(c -> c.indexes().size()).sum());
    }

    private Document validate(Request request) {
        StoredCollection collection = catalog.find(request.namespace());
        if (collection == null) {
            throw new MongoServerError(
                    26, "NamespaceNotFound", "Collection '" + request.namespace() + "' does not exist to validate.");
        }
        return new Document("ns", request.namespace().toString())
                .append("nrecords", collection.size())
                .append("nIndexes", collection.indexes().size())
                .append("valid", true)
                .append("errors", List.of());
    }
}
