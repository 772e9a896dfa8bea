package clearml.bench;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.bson.Document;

/**
 * Queues of about the same length however many entries are pulled: others take their places, several at once and straight
 * in the store, so that this is little beside what is measured.
 */
final class FilledQueues {

    private static final int MOST_AT_ONCE = 100;

    private final MongoCollection<Document> stored;
    private final List<String> ids;
    private final int atOnce;
    private final AtomicIntegerArray pulled;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread daemon = new Thread(task, "queue-filler");
        daemon.setDaemon(true);
        return daemon;
    });

    /** Fills empty queues. */
    FilledQueues(MongoCollection<Document> stored, List<String> ids, int length) {
        this.stored = stored;
        this.ids = ids;
        this.atOnce = Math.min(length / 2, MOST_AT_ONCE);
        this.pulled = new AtomicIntegerArray(ids.size());
        ids.forEach(id -> put(id, length + atOnce / 2));
    }

    /** An entry was pulled from the queue at an index. */
    void pulled(int index) {
        if (pulled.incrementAndGet(index) % atOnce == 0) {
            thread.execute(() -> put(ids.get(index), atOnce));
        }
    }

    private void put(String id, int count) {
        List<Document> entries = IntStream.range(0, count)
                .mapToObj(i ->
                        new Document("task", UUID.randomUUID().toString().replace("-", "")).append("added", new Date()))
                .toList();
        stored.updateOne(Filters.eq("_id", id), Updates.pushEach("entries", entries));
    }
}
