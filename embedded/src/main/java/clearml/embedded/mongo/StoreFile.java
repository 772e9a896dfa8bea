package clearml.embedded.mongo;

import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file under the collections. A change is safe from a killed process once {@link #commit} returned; writers that
 * wait at the same time share one commit.
 */
final class StoreFile implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StoreFile.class);
    private static final int COMPACT_ON_CLOSE_MS = 2_000;
    /** Long enough that the newest chunks are intact after a torn write, short enough to bound the file. */
    private static final int RETENTION_MS = 5_000;

    private static final int PAGE_CACHE_MB = 4;

    private final MVStore store;
    private final AtomicLong changes = new AtomicLong();
    private final ReentrantLock committing = new ReentrantLock();
    private long committed;

    private StoreFile(MVStore store) {
        this.store = store;
    }

    static StoreFile open(Path file) {
        try {
            MVStore store = new MVStore.Builder()
                    .fileName(file.toString())
                    .cacheSize(PAGE_CACHE_MB)
                    .autoCommitBufferSize(0)
                    .open();
            store.setRetentionTime(RETENTION_MS);
            store.setVersionsToKeep(0);
            log.info("opened {}", file);
            return new StoreFile(store);
        } catch (MVStoreException e) {
            if (e.getMessage() != null && e.getMessage().contains("locked")) {
                throw new IllegalStateException("the data file " + file + " is in use by another process", e);
            }
            throw new IllegalStateException("the data file " + file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    MVMap<String, byte[]> map(String name) {
        return store.openMap(
                name,
                new MVMap.Builder<String, byte[]>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    /** Documents by record id. */
    MVMap<Long, byte[]> documents(String name) {
        return store.openMap(
                name,
                new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE).valueType(ByteArrayDataType.INSTANCE));
    }

    /** A name that no map has. */
    String newMapName() {
        return "documents." + UUID.randomUUID();
    }

    void remove(MVMap<?, ?> map) {
        store.removeMap(map);
        changed();
    }

    /** Notes a change, so that the next commit knows of it. */
    void changed() {
        changes.incrementAndGet();
    }

    /** Returns when all changes noted so far are in the file. */
    void commit() {
        long wanted = changes.get();
        committing.lock();
        try {
            if (committed < wanted) {
                long covered = changes.get();
                store.commit();
                committed = covered;
            }
        } finally {
            committing.unlock();
        }
    }

    /** Bytes of the file. */
    long size() {
        return store.getFileStore().size();
    }

    @Override
    public void close() {
        committing.lock();
        try {
            store.close(COMPACT_ON_CLOSE_MS);
        } finally {
            committing.unlock();
        }
    }
}
