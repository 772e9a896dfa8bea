package clearml.embedded.mongo;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * The documents of a collection in the file, by record id, and by negative keys the chunks of their long arrays: in one
 * map, so that what is written first is never there without what was written before. A chunk is written once, before
 * the first document that has it, and dropped after the last. Callers hold the collection's lock.
 */
final class DocumentFile {

    private final StoreFile file;
    private final MVMap<Long, byte[]> map;
    private long lastChunk;

    DocumentFile(StoreFile file, MVMap<Long, byte[]> map) {
        this.file = file;
        this.map = map;
    }

    MVMap<Long, byte[]> map() {
        return map;
    }

    /** Goes through all documents in the order of their ids. Chunks that a killed process left behind are dropped. */
    void load(BiConsumer<Long, Content> each) {
        Map<Long, Chunk> chunks = new HashMap<>();
        Set<Long> used = new HashSet<>();
        Cursor<Long, byte[]> cursor = map.cursor(null);
        while (cursor.hasNext()) {
            long key = cursor.next();
            if (key < 0) {
                chunks.put(-key, new Chunk(cursor.getValue(), -key));
                lastChunk = Math.max(lastChunk, -key);
            } else {
                each.accept(key, Content.read(cursor.getValue(), id -> {
                    used.add(id);
                    return Objects.requireNonNull(chunks.get(id), "a part of an array is missing");
                }));
            }
        }
        chunks.keySet().removeAll(used);
        chunks.keySet().forEach(id -> file.remove(map, -id));
    }

    void put(long recordId, Content content, @Nullable Content old) {
        Set<Chunk> chunks = content.chunks();
        for (Chunk chunk : chunks) {
            if (chunk.id() == 0) {
                chunk.id(++lastChunk);
                file.put(map, -chunk.id(), chunk.bytes());
            }
        }
        file.put(map, recordId, content.record());
        if (old != null) {
            drop(old, chunks);
        }
    }

    void remove(long recordId, Content old) {
        file.remove(map, recordId);
        drop(old, Set.of());
    }

    private void drop(Content old, Set<Chunk> kept) {
        for (Chunk chunk : old.chunks()) {
            if (chunk.id() != 0 && !kept.contains(chunk)) {
                file.remove(map, -chunk.id());
            }
        }
    }
}
