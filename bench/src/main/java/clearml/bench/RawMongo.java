package clearml.bench;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.bson.Document;

/** The MongoDB under the server, called by its driver, in a database of the bench. */
final class RawMongo {

    private static final int TASKS = 10_000;
    private static final int PROJECTS = 200;

    private final MongoClient client;
    private final MongoCollection<Document> tasks;

    RawMongo(String uri) {
        client = MongoClients.create(uri);
        tasks = client.getDatabase("bench").getCollection("task");
    }

    MongoClient client() {
        return client;
    }

    /** A collection of 10,000 tasks with an index on their project. */
    void fill() {
        tasks.drop();
        tasks.createIndex(Indexes.ascending("company", "project"));
        tasks.createIndex(Indexes.ascending("project"));
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            documents.add(document("task" + i, i % PROJECTS));
        }
        tasks.insertMany(documents);
    }

    Client findById() {
        return number -> tasks.find(Filters.eq("_id", "task" + spread(number))).first() != null;
    }

    Client updateById() {
        return number ->
                tasks.updateOne(Filters.eq("_id", "task" + spread(number)), Updates.set("last_iteration", number))
                                .getMatchedCount()
                        == 1;
    }

    /** Fifty tasks found by an indexed field. */
    Client findByProject() {
        return number -> tasks.find(Filters.eq("project", "project" + number % PROJECTS))
                        .into(new ArrayList<>())
                        .size()
                >= TASKS / PROJECTS;
    }

    Client insert() {
        return number -> tasks.insertOne(document(UUID.randomUUID().toString(), PROJECTS))
                .wasAcknowledged();
    }

    private static long spread(long number) {
        return number * 7919 % TASKS;
    }

    private static Document document(String id, int project) {
        Document parameters = new Document();
        IntStream.range(0, 20)
                .forEach(i -> parameters.append(
                        "p" + i,
                        new Document("section", "Args").append("name", "p" + i).append("value", Integer.toString(i))));
        return new Document("_id", id)
                .append("company", "d1bd92a3b039400cbafc60a7a5b1e52b")
                .append("user", "bench")
                .append("name", "bench task")
                .append("type", "training")
                .append("status", "created")
                .append("project", "project" + project)
                .append("tags", List.of("bench"))
                .append("hyperparams", new Document("Args", parameters));
    }
}
