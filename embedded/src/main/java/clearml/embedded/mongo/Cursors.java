package clearml.embedded.mongo;

import clearml.embedded.mongo.language.TimeLimit;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Results that are handed out in batches. What a cursor holds does not change while others write. */
final class Cursors {

    private static final int FIRST_BATCH = 101;
    private static final int MAX_BATCH_BYTES = 16 * 1024 * 1024;
    private static final long IDLE_MS = 600_000;

    private static final class Cursor {
        private final String namespace;
        private final List<Content> results;
        private final Function<Content, Object> shape;
        /** What is left of the time limit for all batches together. */
        private long nanos = TimeLimit.current().left();

        private int next;
        private volatile long used = System.currentTimeMillis();

        private Cursor(String namespace, List<Content> results, Function<Content, Object> shape) {
            this.namespace = namespace;
            this.results = results;
            this.shape = shape;
        }

        private List<Object> take(int count) {
            List<Object> batch = new ArrayList<>();
            long size = 0;
            TimeLimit limit = TimeLimit.current();
            while (next < results.size() && batch.size() < count) {
                limit.step();
                Content content = results.get(next);
                size += content.size();
                if (size > MAX_BATCH_BYTES && !batch.isEmpty()) {
                    break;
                }
                batch.add(shape.apply(content));
                next++;
            }
            limit.check();
            nanos = Math.min(nanos, limit.left());
            used = System.currentTimeMillis();
            return batch;
        }
    }

    private final Map<Long, Cursor> open = new ConcurrentHashMap<>();

    /** The answer with the first batch of the results, each made of what is stored by {@code shape}. */
    Document first(
            String namespace,
            List<Content> results,
            Function<Content, Object> shape,
            @Nullable Object batchSize,
            boolean single) {
        Cursor cursor = new Cursor(namespace, results, shape);
        List<Object> batch = cursor.take(batchSize instanceof Number n ? n.intValue() : FIRST_BATCH);
        long id = 0;
        if (cursor.next < results.size() && !single) {
            expire();
            id = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
            open.put(id, cursor);
        }
        return answer(id, namespace, "firstBatch", batch);
    }

    /** The answer with the next batch. */
    Document next(long id, @Nullable Object batchSize) {
        Cursor cursor = open.get(id);
        if (cursor == null) {
            throw new MongoServerError(43, "CursorNotFound", "cursor id " + id + " not found");
        }
        synchronized (cursor) {
            int wanted = batchSize instanceof Number n && n.intValue() > 0 ? n.intValue() : Integer.MAX_VALUE;
            List<Object> batch = TimeLimit.ofNanos(cursor.nanos).during(() -> cursor.take(wanted));
            boolean done = cursor.next >= cursor.results.size();
            if (done) {
                open.remove(id);
            }
            return answer(done ? 0 : id, cursor.namespace, "nextBatch", batch);
        }
    }

    boolean kill(long id) {
        return open.remove(id) != null;
    }

    int size() {
        return open.size();
    }

    private void expire() {
        long oldest = System.currentTimeMillis() - IDLE_MS;
        open.values().removeIf(cursor -> cursor.used < oldest);
    }

    static Document answer(long id, String namespace, String field, List<?> batch) {
        return new Document(
                "cursor", new Document(field, batch).append("id", id).append("ns", namespace));
    }
}
