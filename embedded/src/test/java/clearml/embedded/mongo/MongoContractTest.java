package clearml.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;

/** What this project needs of MongoDB: true of the embedded server and of a real one. */
abstract class MongoContractTest {

    final MongoCollection<Document> collection = MongoServer.CLIENT
            .getDatabase("contract")
            .getCollection("c" + UUID.randomUUID().toString().replace("-", ""));

    @AfterEach
    void drop() {
        collection.drop();
    }

    static Document doc(String json) {
        return Document.parse(json);
    }

    void insert(String... documents) {
        for (String document : documents) {
            collection.insertOne(doc(document));
        }
    }

    /** The _ids of what the filter finds. */
    List<Object> ids(String filter) {
        return ids(collection.find(doc(filter)));
    }

    static List<Object> ids(Iterable<Document> found) {
        List<Object> ids = new ArrayList<>();
        found.forEach(d -> ids.add(d.get("_id")));
        return ids;
    }

    void assertFound(String filter, Object... ids) {
        assertThat(ids(filter)).as(filter).containsExactlyInAnyOrder(ids);
    }

    /** That the collection holds one document, this one. */
    void assertOnly(String json) {
        assertThat(collection.find()).containsExactly(doc(json));
    }

    List<Document> aggregate(String... stages) {
        List<Document> pipeline = new ArrayList<>();
        for (String stage : stages) {
            pipeline.add(doc(stage));
        }
        return collection.aggregate(pipeline).into(new ArrayList<>());
    }
}
