package clearml.apiserver.store.elastic;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Writes many documents with few requests: what is added goes out as one {@code _bulk}, or in several when it is large.
 * Nothing is refreshed; see {@link UnrefreshedWrites}. Operations that Elasticsearch had no room for are repeated after
 * pauses, about 3 s altogether; a request that it did not answer is repeated once, since then it more likely is away.
 */
public final class BulkWriter {

    private static final int MAX_ATTEMPTS = 6;
    private static final int MAX_UNANSWERED = 2;
    private static final long FIRST_PAUSE_MS = 100;

    /** A request that took longer to fail is not repeated: whoever waits for it has waited long enough. */
    private static final long LONG_NS = 5_000_000_000L;

    private final ElasticCluster cluster;
    private final List<BulkOperation> operations = new ArrayList<>();

    public BulkWriter(ElasticCluster cluster) {
        this.cluster = cluster;
    }

    /** Creates the document, or replaces it. */
    public void index(String index, String id, Map<String, ? extends @Nullable Object> document) {
        operations.add(new BulkOperation(index, id, document, null));
    }

    /**
     * Adds the document under an id of Elasticsearch's choice, which saves it looking for one of that id. What is repeated
     * because it was not answered may be there twice then.
     */
    public void add(String index, Map<String, ? extends @Nullable Object> document) {
        operations.add(new BulkOperation(index, null, document, null));
    }

    /** Deletes the document unless it was written again: then its status is 409. */
    public void delete(String index, String id, DocumentVersion version) {
        operations.add(new BulkOperation(index, id, null, version));
    }

    public int size() {
        return operations.size();
    }

    /**
     * Sends everything added so far.
     *
     * @return what became of each operation, in the order they were added
     * @throws ElasticException when Elasticsearch doesn't answer, is read-only, or stays overloaded
     */
    public List<BulkItem> send() {
        List<BulkItem> items = new ArrayList<>(Collections.nCopies(operations.size(), BulkItem.DONE));
        List<Integer> pending = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            pending.add(i);
        }
        long start = System.nanoTime();
        for (int attempt = 1; !pending.isEmpty(); attempt++) {
            pending = sent(pending, items, attempt, start);
            if (!pending.isEmpty()) {
                pause(attempt);
            }
        }
        operations.clear();
        return items;
    }

    /** Returns the positions to repeat. */
    private List<Integer> sent(List<Integer> positions, List<BulkItem> items, int attempt, long start) {
        List<Integer> again = new ArrayList<>();
        int from = 0;
        while (from < positions.size()) {
            BulkBody body = new BulkBody();
            int to = filled(body, positions.subList(from, positions.size())) + from;
            if (body.isTooLarge() && to - from > 1) {
                // The last one made it so: it goes alone.
                body = new BulkBody();
                to = filled(body, positions.subList(from, to - 1)) + from;
            }
            List<BulkItem> answered = answered(body, to - from);
            for (int i = from; i < to; i++) {
                BulkItem item = answered.get(i - from);
                items.set(positions.get(i), item);
                if (item.failure() != null && worthRepeating(item.failure(), attempt, start)) {
                    again.add(positions.get(i));
                }
            }
            from = to;
        }
        return again;
    }

    /** Returns how many of the operations it took. */
    private int filled(BulkBody body, List<Integer> positions) {
        int taken = 0;
        while (taken < positions.size() && body.hasRoom()) {
            body.add(operations.get(positions.get(taken++)));
        }
        return taken;
    }

    private List<BulkItem> answered(BulkBody body, int operations) {
        if (body.isTooLarge()) {
            return List.of(BulkItem.TOO_LARGE);
        }
        try {
            return body.sendTo(cluster, operations);
        } catch (ElasticException e) {
            if (e.temporary()) {
                return Collections.nCopies(operations, new BulkItem(e.status(), e));
            }
            throw e;
        }
    }

    private static boolean worthRepeating(ElasticException failure, int attempt, long start) {
        int attempts = failure.unanswered() ? MAX_UNANSWERED : MAX_ATTEMPTS;
        boolean last = attempt >= attempts || System.nanoTime() - start > LONG_NS;
        if (failure.readOnly() || (last && failure.temporary())) {
            throw failure;
        }
        return failure.temporary();
    }

    /** Longer each time, and not the same for all who wait. */
    private static void pause(int attempt) {
        long most = FIRST_PAUSE_MS << (attempt - 1);
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ElasticException.noAnswer(e);
        }
    }
}
