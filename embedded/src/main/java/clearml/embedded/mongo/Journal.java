package clearml.embedded.mongo;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The changes of maps since the last version of the store, one behind the other: a change costs its bytes here, and whole
 * pages there. Begins with that version; changes of another one are over. For one thread at a time.
 */
final class Journal implements AutoCloseable {

    /** @param value null for a key that is removed */
    @SuppressWarnings("ArrayRecordComponent")
    record Change(int map, long key, byte @Nullable [] value) {}

    /** Length and checksum before each change. */
    private static final int HEAD = 2 * Integer.BYTES;

    /** Map, key, and whether there is a value. */
    private static final int KEY = Integer.BYTES + Long.BYTES + 1;

    private static final int MOST_PENDING = 1024 * 1024;

    private final RandomAccessFile file;
    private final ByteBuf pending = Unpooled.buffer(64 * 1024);
    private long end;

    private Journal(RandomAccessFile file) {
        this.file = file;
    }

    static Journal open(Path path) {
        try {
            return new Journal(new RandomAccessFile(path.toFile(), "rw"));
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException("the journal " + path + " cannot be opened", e);
        }
    }

    /** The changes since a version, up to the last one that was written completely; none if they are of another one. */
    List<Change> since(long version) {
        List<Change> changes = new ArrayList<>();
        byte[] all = all();
        ByteBuffer in = ByteBuffer.wrap(all);
        if (all.length < Long.BYTES || in.getLong() != version) {
            return changes;
        }
        while (in.remaining() >= HEAD) {
            int length = in.getInt();
            int checksum = in.getInt();
            if (length < KEY || length > in.remaining() || checksum != checksum(all, in.position(), length)) {
                break;
            }
            int map = in.getInt();
            long key = in.getLong();
            boolean removed = in.get() == 0;
            byte[] value = new byte[length - KEY];
            in.get(value);
            changes.add(new Change(map, key, removed ? null : value));
        }
        return changes;
    }

    private byte[] all() {
        try {
            byte[] all = new byte[(int) file.length()];
            file.seek(0);
            file.readFully(all);
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, from, length);
        return (int) checksum.getValue();
    }

    void add(Change change) {
        byte[] value = change.value();
        int start = pending.writerIndex();
        pending.writeLong(0)
                .writeInt(change.map())
                .writeLong(change.key())
                .writeByte(value == null ? 0 : 1)
                .writeBytes(value == null ? new byte[0] : value);
        int length = pending.writerIndex() - start - HEAD;
        pending.setInt(start, length)
                .setInt(start + Integer.BYTES, checksum(pending.array(), pending.arrayOffset() + start + HEAD, length));
        if (pending.readableBytes() > MOST_PENDING) {
            flush();
        }
    }

    /** Bytes of all changes. */
    long size() {
        return end + pending.readableBytes();
    }

    /** Returns when all changes are in the file. What could not be written is tried again the next time. */
    void flush() {
        if (!pending.isReadable()) {
            return;
        }
        try {
            file.seek(end);
            file.write(pending.array(), pending.arrayOffset() + pending.readerIndex(), pending.readableBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        end += pending.readableBytes();
        pending.clear();
    }

    /** Begins anew, with the changes that follow a version. */
    void clear(long version) {
        try {
            file.setLength(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        end = 0;
        pending.clear().writeLong(version);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
