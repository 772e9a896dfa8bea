package clearml.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

class KillNineTest {

    private static final int THREADS = 4;
    /** Enough for a long array. */
    private static final int ENTRIES = 3_000;

    @TempDir
    static Path folder;

    private static final Map<String, Integer> acknowledged = new HashMap<>();

    @RepeatedTest(5)
    void everyAcknowledgedWriteIsThereAfterTheProcessWasKilled() throws Exception {
        Process writer = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            readUntilKilled(writer, 1_500);
        } finally {
            writer.destroyForcibly();
        }
        try (EmbeddedMongo server = EmbeddedMongo.start(folder, "127.0.0.1", 0);
                MongoClient client = MongoClients.create(server.connectionString())) {
            MongoCollection<Document> found = client.getDatabase("kill").getCollection("writes");
            Map<String, Integer> stored = new HashMap<>();
            found.find().forEach(d -> stored.put(d.getString("_id"), d.getInteger("n")));
            assertThat(acknowledged).isNotEmpty();
            int documents = stored.size();
            client.getDatabase("kill").getCollection("queues").find().forEach(queue -> {
                List<Integer> entries = queue.getList("entries", Integer.class);
                assertThat(entries).hasSizeBetween(ENTRIES, ENTRIES + 1);
                assertThat(entries.get(entries.size() - 1) - entries.get(0)).isEqualTo(entries.size() - 1);
                stored.put(queue.getString("_id"), entries.get(entries.size() - 1));
            });
            acknowledged.forEach(
                    (id, n) -> assertThat(stored.get(id)).as(id).isNotNull().isGreaterThanOrEqualTo(n));
            assertThat(found.listIndexes()).hasSize(2);
            assertThat(found.countDocuments(new Document("n", new Document("$gte", 0))))
                    .isEqualTo(documents);
        }
    }

    private static void readUntilKilled(Process writer, int lines) throws IOException, InterruptedException {
        int seen = 0;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (line != null) {
                if (line.endsWith(";")) {
                    String[] parts = line.substring(0, line.length() - 1).split(" ");
                    acknowledged.merge(parts[0], Integer.parseInt(parts[1]), Math::max);
                }
                if (++seen == lines) {
                    writer.toHandle().destroyForcibly();
                    writer.waitFor(10, TimeUnit.SECONDS);
                }
                line = out.readLine();
            }
        }
        assertThat(seen).isGreaterThanOrEqualTo(lines);
    }

    /** Inserts and updates until it is killed, and prints what was acknowledged. */
    static final class Writer {

        public static void main(String[] arguments) throws InterruptedException {
            EmbeddedMongo server = EmbeddedMongo.start(Path.of(arguments[0]), "127.0.0.1", 0);
            MongoClient client = MongoClients.create(server.connectionString());
            MongoCollection<Document> collection = client.getDatabase("kill").getCollection("writes");
            MongoCollection<Document> queues = client.getDatabase("kill").getCollection("queues");
            collection.createIndex(new Document("n", 1));
            Thread[] threads = new Thread[THREADS];
            for (int t = 0; t < THREADS; t++) {
                String prefix = Long.toString(System.nanoTime(), 36) + "-" + t + "-";
                threads[t] = new Thread(() -> write(collection, queues, prefix));
                threads[t].start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }

        private static void write(
                MongoCollection<Document> collection, MongoCollection<Document> queues, String prefix) {
            String text = "x".repeat(3_000);
            Document queue = new Document("_id", prefix + "queue");
            queues.insertOne(new Document(queue)
                    .append("entries", IntStream.range(-ENTRIES, 0).boxed().toList()));
            for (int i = 0; ; i++) {
                String id = prefix + i;
                collection.insertOne(new Document("_id", id).append("n", 0).append("text", text));
                System.out.println(id + " 0;");
                String earlier = prefix + i / 2;
                Document updated = collection.findOneAndUpdate(
                        new Document("_id", earlier), new Document("$inc", new Document("n", 1)));
                System.out.println(earlier + " " + (updated.getInteger("n") + 1) + ";");
                queues.updateOne(queue, new Document("$push", new Document("entries", i)));
                System.out.println(prefix + "queue " + i + ";");
                queues.updateOne(queue, new Document("$pop", new Document("entries", -1)));
            }
        }
    }
}
