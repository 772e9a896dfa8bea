package clearml.apiserver.store.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Collation;
import com.mongodb.client.model.IndexOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The indexes of the reference, by the names and options that it uses itself: it refuses to start on others. An index
 * that is there already is left alone, whatever its options. Those of our own have names that it does not use.
 */
@Component
public class MongoIndexes {

    private static final Logger LOG = LoggerFactory.getLogger(MongoIndexes.class);

    /**
     * What the reference does not have, nor minds: for whoever deletes a model.
     */
    private static final List<Index> OWN_OF_TASKS = List.of(Index.on("models.output.model"));

    private final MongoStores stores;

    /** One index: {@code keys} as {@code company,name}. */
    private record Index(String keys, IndexOptions options) {

        static Index on(String keys) {
            return new Index(keys, new IndexOptions().background(false));
        }

        String name() {
            return options.getName() != null ? options.getName() : keys.replace(",", "_1_") + "_1";
        }

        Document document() {
            Document document = new Document();
            Object order = options.getWeights() == null ? 1 : "text";
            for (String key : keys.split(",")) {
                document.append(key, order);
            }
            return document;
        }
    }

    MongoIndexes(MongoStores stores) {
        this.stores = stores;
    }

    /** Creates what is missing, in every collection. */
    public void create() {
        backend().forEach((collection, indexes) -> create(stores.backend(collection), indexes));
        create(
                stores.auth("user"),
                List.of(new Index("email", new IndexOptions().unique(true).sparse(true))));
    }

    private static Map<String, List<Index>> backend() {
        Map<String, List<Index>> indexes = new LinkedHashMap<>();
        indexes.put("task", task());
        indexes.put("project", project());
        indexes.put("model", model());
        indexes.put("queue", List.of(unique("name,company")));
        indexes.put("versions", List.of(versions()));
        indexes.put("storage_settings", List.of(unique("company")));
        indexes.put("url_to_delete", urlToDelete());
        return indexes;
    }

    private static List<Index> task() {
        List<Index> indexes = plain(
                "created",
                "started",
                "completed",
                "active_duration",
                "parent",
                "project",
                "last_update",
                "status_changed",
                "models.input.model",
                "company,name",
                "company,status,type",
                "company,last_update,system_tags",
                "company,type,system_tags,status",
                "company,project,type,system_tags,status",
                "status,last_update");
        Collation numeric =
                Collation.builder().locale("en_US").numericOrdering(true).build();
        indexes.add(new Index(
                "company,project", new IndexOptions().background(false).collation(numeric)));
        indexes.addAll(plain(
                "company,tags",
                "company,system_tags",
                "company,project,tags",
                "company,project,system_tags",
                "company,user",
                "company,project,user",
                "company,parent",
                "company,project,parent",
                "company,type",
                "company,project,type"));
        indexes.addAll(OWN_OF_TASKS);
        Document weights = new Document("name", 10)
                .append("id", 10)
                .append("comment", 10)
                .append("report", 10)
                .append("models.output.model", 2)
                .append("models.input.model", 2)
                .append("script.repository", 1)
                .append("script.entry_point", 1);
        indexes.add(text(
                "task",
                "name,_id,comment,report,models.input.model,models.output.model,script.repository,script.entry_point",
                weights));
        return indexes;
    }

    private static List<Index> project() {
        List<Index> indexes = plain(
                "parent",
                "path",
                "company,name",
                "company,basename",
                "company,parent,system_tags,featured,last_update");
        indexes.add(unique("name,company"));
        Document weights = new Document("name", 10).append("id", 10).append("description", 10);
        indexes.add(text("project", "name,_id,description", weights));
        return indexes;
    }

    private static List<Index> model() {
        List<Index> indexes = plain(
                "parent",
                "project",
                "task",
                "last_update",
                "company,last_update",
                "company,name",
                "company,uri",
                "company,tags",
                "company,system_tags",
                "company,project,tags",
                "company,project,system_tags",
                "company,user",
                "company,project,user",
                "company,framework",
                "company,project,framework");
        Document weights = new Document("name", 10)
                .append("id", 10)
                .append("comment", 10)
                .append("parent", 5)
                .append("task", 3)
                .append("project", 3);
        indexes.add(text("model", "name,_id,comment,parent,task,project", weights));
        return indexes;
    }

    private static List<Index> urlToDelete() {
        List<Index> indexes = plain("company,user,task", "company,storage_type,url", "status,retry_count,storage_type");
        indexes.add(new Index(
                "url,company", new IndexOptions().background(false).unique(true).sparse(true)));
        return indexes;
    }

    private static List<Index> plain(String... keys) {
        List<Index> indexes = new ArrayList<>();
        for (String key : keys) {
            indexes.add(Index.on(key));
        }
        return indexes;
    }

    private static Index unique(String keys) {
        return new Index(keys, new IndexOptions().background(false).unique(true).sparse(false));
    }

    /** The reference's weights name a field {@code id} that the index does not have; MongoDB accepts it. */
    private static Index text(String collection, String keys, Document weights) {
        return new Index(
                keys,
                new IndexOptions()
                        .background(false)
                        .name("backend-db." + collection + ".main_text_index")
                        .defaultLanguage("english")
                        .weights(weights));
    }

    private static Index versions() {
        return new Index("created,num", new IndexOptions().background(false).name("created_-1_num_-1"));
    }

    private static void create(MongoCollection<Document> collection, List<Index> indexes) {
        Set<String> existing = new HashSet<>();
        collection.listIndexes().forEach(index -> existing.add(index.getString("name")));
        for (Index index : indexes) {
            if (!existing.contains(index.name())) {
                create(collection, index);
            }
        }
    }

    private static void create(MongoCollection<Document> collection, Index index) {
        Document keys = index.document();
        if (index.name().contains("_-1")) {
            keys.replaceAll((key, order) -> -1);
        }
        try {
            collection.createIndex(keys, index.options());
        } catch (MongoCommandException e) {
            // Without it queries are slower, no answer differs; data that violate a unique one are for the operator.
            LOG.warn(
                    "Index {} of {} could not be created: {}",
                    index.name(),
                    collection.getNamespace(),
                    e.getErrorMessage());
        }
    }
}
