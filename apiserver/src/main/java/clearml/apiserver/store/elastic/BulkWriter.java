package clearml.apiserver.store.elastic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes many documents with few requests: what is added goes out as one {@code _bulk}, or in several when it is large.
 * Nothing is refreshed; see {@link UnrefreshedWrites}. Operations that Elasticsearch had no room for are repeated.
 */
public final class BulkWriter {

    private static final int MAX_ATTEMPTS = 6;
    private static final long FIRST_PAUSE_MS = 100;

    private final ElasticCluster cluster;
    private final List<BulkOperation> operations = new ArrayList<>();

    public BulkWriter(ElasticCluster cluster) {
        this.cluster = cluster;
    }

    /** Creates the document, or replaces it. */
    public void index(String index, String id, Map<String, ? extends @Nullable Object> document) {
        operations.add(new BulkOperation(index, id, document, null));
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
        BulkItem[] items = new BulkItem[operations.size()];
        List<Integer> pending = new ArrayList<>();
        for (int i = 0; i < items.length; i++) {
            pending.add(i);
        }
        for (int attempt = 1; !pending.isEmpty(); attempt++) {
            pending = sent(pending, items, attempt == MAX_ATTEMPTS);
            if (!pending.isEmpty()) {
                pause(FIRST_PAUSE_MS << (attempt - 1));
            }
        }
        operations.clear();
        return List.of(items);
    }

    /** Returns the positions to repeat. */
    private List<Integer> sent(List<Integer> positions, BulkItem[] items, boolean last) {
        List<Integer> again = new ArrayList<>();
        int from = 0;
        while (from < positions.size()) {
            BulkBody body = new BulkBody();
            int to = from;
            while (to < positions.size() && body.hasRoom()) {
                body.add(operations.get(positions.get(to++)));
            }
            List<BulkItem> answered = body.sendTo(cluster, to - from);
            for (int i = from; i < to; i++) {
                BulkItem item = answered.get(i - from);
                items[positions.get(i)] = item;
                ElasticException failure = item.failure();
                if (failure != null && worthRepeating(failure, last)) {
                    again.add(positions.get(i));
                }
            }
            from = to;
        }
        return again;
    }

    private static boolean worthRepeating(ElasticException failure, boolean last) {
        if (failure.readOnly() || (last && failure.overloaded())) {
            throw failure;
        }
        return failure.overloaded();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ElasticException.noAnswer(e);
        }
    }
}
