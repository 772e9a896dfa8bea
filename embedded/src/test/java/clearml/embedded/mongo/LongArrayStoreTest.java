package clearml.embedded.mongo;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.PushOptions;
import com.mongodb.client.model.Updates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.bson.Document;
import org.h2.mvstore.MVMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongArrayStoreTest {

    private static final int MANY = 2_000;

    @TempDir
    Path folder;

    private void serve(Consumer<MongoCollection<Document>> work) {
        try (EmbeddedMongo server = EmbeddedMongo.start(folder, "127.0.0.1", 0);
                MongoClient client = MongoClients.create(server.connectionString())) {
            work.accept(client.getDatabase("d").getCollection("queue"));
        }
    }

    /** What the file has of the collection: chunks have negative keys. */
    private void inFile(Consumer<MVMap<Long, byte[]>> work) {
        try (StoreFile file = StoreFile.open(folder.resolve("mongo.mv"))) {
            de.bwaldvogel.mongo.bson.Document entry = BsonBytes.decode(
                    java.util.Objects.requireNonNull(file.map("catalog").get("d.queue")));
            work.accept(file.documents(String.valueOf(entry.get("map"))));
            file.changed();
            file.commit();
        }
    }

    private Set<Long> keys() {
        Set<Long> keys = new TreeSet<>();
        inFile(map -> keys.addAll(map.keySet()));
        return keys;
    }

    private static List<Document> entries(int count) {
        List<Document> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(new Document("task", "%032x".formatted(i)).append("n", i));
        }
        return entries;
    }

    private static Document queue(List<Document> entries) {
        return new Document("_id", 1).append("entries", entries).append("end", true);
    }

    @Test
    void aChangeOfOneEntryLeavesTheOthersWhereTheyAreInTheFile() {
        List<Document> list = entries(MANY);
        serve(queues -> queues.insertOne(queue(list)));
        Set<Long> before = keys();
        assertThat(before).hasSizeGreaterThan(20);

        serve(queues -> {
            queues.updateOne(eq(1), Updates.popFirst("entries"));
            queues.updateOne(eq(1), Updates.push("entries", new Document("task", "new")));
            queues.updateOne(
                    eq(1),
                    Updates.pull("entries", new Document("task", list.get(1_000).get("task"))));
            queues.updateOne(
                    eq(1),
                    Updates.pushEach("entries", List.of(new Document("task", "first")), new PushOptions().position(0)));
        });
        list.remove(1_000);
        list.set(0, new Document("task", "first"));
        list.add(new Document("task", "new"));
        Set<Long> after = keys();
        Set<Long> kept = new TreeSet<>(before);
        kept.retainAll(after);

        assertThat(kept).hasSizeGreaterThan(before.size() - 5);
        assertThat(after).hasSizeLessThan(before.size() + 5);
        serve(queues -> assertThat(queues.find().first()).isEqualTo(queue(list)));
        serve(queues -> queues.deleteOne(eq(1)));
        assertThat(keys()).isEmpty();
    }

    @Test
    void documentsFromBeforeThereWereLongArraysAreReadAndChanged() {
        serve(queues -> queues.insertOne(queue(List.of())));
        List<Document> list = entries(MANY);
        inFile(map -> map.put(map.firstKey(), BsonBytes.encode(plain(list))));

        serve(queues -> {
            assertThat(queues.find().first()).isEqualTo(queue(list));
            queues.updateOne(eq(1), Updates.popFirst("entries"));
        });
        assertThat(keys()).hasSizeGreaterThan(20);
        serve(queues -> assertThat(queues.find().first()).isEqualTo(queue(list.subList(1, MANY))));
    }

    private static de.bwaldvogel.mongo.bson.Document plain(List<Document> entries) {
        List<de.bwaldvogel.mongo.bson.Document> list = new ArrayList<>();
        entries.forEach(entry ->
                list.add(new de.bwaldvogel.mongo.bson.Document("task", entry.get("task")).append("n", entry.get("n"))));
        return new de.bwaldvogel.mongo.bson.Document("_id", 1)
                .append("entries", list)
                .append("end", true);
    }

    @Test
    void chunksThatNoDocumentHasAreDropped() {
        List<Document> list = entries(MANY);
        serve(queues -> queues.insertOne(queue(list)));
        Set<Long> before = keys();
        inFile(map -> map.put(-1_000_000L, new byte[] {0x0A}));

        serve(queues -> queues.updateOne(eq(1), Updates.set("end", false)));

        assertThat(keys()).isEqualTo(before);
    }
}
