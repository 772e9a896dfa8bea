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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file under the collections, and the journal of what has changed since it was written. A change is safe from a killed
 * process once {@link #commit} returned; it goes to the journal then, and several times a second all of them to the file.
 */
final class StoreFile implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StoreFile.class);
    /** Chunks of the file are rewritten when less than this percentage of them is live. */
    private static final int FILL_RATE = 50;

    private static final int COMPACTED_BYTES = 8 * 1024 * 1024;
    private static final int COMPACT_EVERY_S = 2;
    private static final int STORE_EVERY_MS = 200;
    private static final int LONGEST_JOURNAL = 32 * 1024 * 1024;
    /** Long enough that the newest chunks are intact after a torn write, short enough to bound the file. */
    private static final int RETENTION_MS = 5_000;

    private static final int PAGE_CACHE_MB = 4;

    private final MVStore store;
    private final Journal journal;
    private final AtomicLong changes = new AtomicLong();
    /** Held by whoever changes maps: the journal has the changes in their order, and the store all of them or none. */
    private final ReentrantLock lock = new ReentrantLock();

    private final ScheduledExecutorService upkeep;
    /** Whether something has changed that the journal does not have. */
    private boolean unjournaled;

    private long stored;
    private long compacted;

    private StoreFile(MVStore store, Journal journal) {
        this.store = store;
        this.journal = journal;
        replay();
        this.upkeep = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "embedded-mongo-upkeep");
            thread.setDaemon(true);
            return thread;
        });
        upkeep.scheduleWithFixedDelay(this::storeQuietly, STORE_EVERY_MS, STORE_EVERY_MS, TimeUnit.MILLISECONDS);
        upkeep.scheduleWithFixedDelay(this::compact, COMPACT_EVERY_S, COMPACT_EVERY_S, TimeUnit.SECONDS);
    }

    /** Changes of a map that was dropped later are of no use any more. */
    private void replay() {
        for (Journal.Change change : journal.since(store.getCurrentVersion())) {
            String name = store.getMapName(change.map());
            if (name != null) {
                apply(documents(name), change.key(), change.value());
            }
        }
        store();
    }

    static StoreFile open(Path file) {
        try {
            MVStore store = new MVStore.Builder()
                    .fileName(file.toString())
                    .cacheSize(PAGE_CACHE_MB)
                    .autoCommitDisabled()
                    .autoCommitBufferSize(0)
                    .open();
            store.setRetentionTime(RETENTION_MS);
            store.setVersionsToKeep(0);
            log.info("opened {}", file);
            return new StoreFile(store, Journal.open(file.resolveSibling(file.getFileName() + ".journal")));
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

    void put(MVMap<Long, byte[]> map, long key, byte[] value) {
        change(map, key, value);
    }

    void remove(MVMap<Long, byte[]> map, long key) {
        change(map, key, null);
    }

    private void change(MVMap<Long, byte[]> map, long key, byte @Nullable [] value) {
        lock.lock();
        try {
            apply(map, key, value);
            journal.add(new Journal.Change(map.getId(), key, value));
            changes.incrementAndGet();
            if (journal.size() > LONGEST_JOURNAL) {
                store();
            }
        } finally {
            lock.unlock();
        }
    }

    private static void apply(MVMap<Long, byte[]> map, long key, byte @Nullable [] value) {
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }

    /** Notes a change of other maps than those of documents, so that the next commit knows of it. */
    void changed() {
        lock.lock();
        try {
            unjournaled = true;
            changes.incrementAndGet();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when all changes so far are safe. */
    void commit() {
        lock.lock();
        try {
            if (unjournaled) {
                store();
            } else {
                journal.flush();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes everything to the file. The journal is of the version before until it is empty, and then does not count. */
    private void store() {
        unjournaled = true;
        store.commit();
        journal.clear(store.getCurrentVersion());
        unjournaled = false;
        stored = changes.get();
    }

    private void storeQuietly() {
        lock.lock();
        try {
            if (stored != changes.get()) {
                store();
            }
        } catch (RuntimeException e) {
            log.warn("changes are in the journal only", e);
        } finally {
            lock.unlock();
        }
    }

    /** The store's own compaction also moves chunks, which fails its assertions now and then. */
    private void compact() {
        try {
            if (compacted != changes.get()) {
                compacted = changes.get();
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
        upkeep.shutdown();
        lock.lock();
        try {
            store.close();
            journal.close();
        } finally {
            lock.unlock();
        }
    }
}
