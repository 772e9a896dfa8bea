package clearml.apiserver.call;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an answer, in pieces: a long one is never copied, and of a very long one only some are held: it begins to
 * be sent before it is complete.
 */
final class AnswerBytes extends OutputStream {

    private static final int FIRST = 4 * 1024;
    private static final int LARGEST = 128 * 1024;

    /** Up to here an error can still become the answer instead. */
    static final int MOST_HELD = 8 * 1024 * 1024;

    private final Destination destination;
    private final List<byte[]> full = new ArrayList<>();
    private byte[] current = new byte[FIRST];
    private int used;
    private int before;
    private @Nullable OutputStream begun;

    /** @param destination asked once, when there is more than can be held */
    AnswerBytes(Destination destination) {
        this.destination = destination;
    }

    /** Where the bytes go. */
    interface Destination {
        OutputStream open() throws IOException;
    }

    @Override
    public void write(int value) throws IOException {
        if (used == current.length) {
            next();
        }
        current[used++] = (byte) value;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int end = offset + length;
        while (from < end) {
            if (used == current.length) {
                next();
            }
            int part = Math.min(end - from, current.length - used);
            System.arraycopy(bytes, from, current, used, part);
            used += part;
            from += part;
        }
    }

    private void next() throws IOException {
        if (begun == null && size() >= MOST_HELD) {
            begun = destination.open();
        }
        if (begun != null) {
            writeTo(begun);
            full.clear();
            before = 0;
        } else {
            full.add(current);
            before += used;
            current = new byte[Math.min(LARGEST, 2 * current.length)];
        }
        used = 0;
    }

    /** Whether it has begun to be sent, so that nothing else can be. */
    boolean hasBegun() {
        return begun != null;
    }

    /** Of what is held. */
    int size() {
        return before + used;
    }

    /** What is held. */
    void writeTo(OutputStream out) throws IOException {
        for (byte[] piece : full) {
            out.write(piece);
        }
        out.write(current, 0, used);
    }
}
