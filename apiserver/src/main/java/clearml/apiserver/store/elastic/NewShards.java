package clearml.apiserver.store.elastic;

import java.util.function.Supplier;

/**
 * Waits for shards of an index that is being made: the first write makes it, and a search for what somebody else has
 * written, which comes in that moment, is refused.
 */
final class NewShards {

    private static final int FIRST_PAUSE_MS = 25;
    private static final int TRIES = 8;

    private NewShards() {}

    /** The answer to a search that is sent again, for some 3 s, while its shards are not there. */
    static <T> T awaited(Supplier<T> search) {
        for (int i = 1, pause = FIRST_PAUSE_MS; i < TRIES; i++, pause *= 2) {
            try {
                return search.get();
            } catch (ElasticException e) {
                if (!e.withoutShards()) {
                    throw e;
                }
                pause(pause, e);
            }
        }
        return search.get();
    }

    private static void pause(int ms, ElasticException reason) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw reason;
        }
    }
}
