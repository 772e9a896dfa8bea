package clearml.embedded.mongo;

import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
    /** Chunks of the file are rewritten when less than this percentage of them is live. */
    private static final int FILL_RATE = 50;

    private static final int COMPACTED_BYTES = 8 * 1024 * 1024;
    private static final int COMPACT_EVERY_S = 2;
    /** Long enough that the newest chunks are intact after a torn write, short enough to bound the file. */
    private static final int RETENTION_MS = 5_000;

    private static final int PAGE_CACHE_MB = 4;

    private final MVStore store;
    private final AtomicLong changes = new AtomicLong();
    private final ReentrantLock committing = new ReentrantLock();
    private final ScheduledExecutorService compactor;
    private volatile long committed;
    private long compacted;

    private StoreFile(MVStore store) {
        this.store = store;
        this.compactor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "embedded-mongo-compactor");
            thread.setDaemon(true);
            return thread;
        });
        compactor.scheduleWithFixedDelay(this::compact, COMPACT_EVERY_S, COMPACT_EVERY_S, TimeUnit.SECONDS);
    }

    static StoreFile open(Path file) {
        try {
            MVStore store = new MVStore.Builder()
                    .fileName(file.toString())
                    .cacheSize(PAGE_CACHE_MB)
                    .autoCommitDisabled()
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

    /** The store's own compaction also moves chunks, which fails its assertions now and then. */
    private void compact() {
        try {
            if (compacted != committed) {
                compacted = committed;
                store.compact(FILL_RATE, COMPACTED_BYTES);
            }
        } catch (RuntimeException e) {
            log.warn("the data file was not compacted", e);
        }
    }

    /** Bytes of the file. */
    long size() {
        return store.getFileStore().size();
    }

    @Override
    public void close() {
        compactor.shutdown();
        committing.lock();
        try {
            store.close();
        } finally {
            committing.unlock();
        }
    }
}
