package clearml.apiserver.call;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** The bytes of an answer, in pieces: a long one is never copied. */
final class AnswerBytes extends OutputStream {

    private static final int FIRST = 4 * 1024;
    private static final int LARGEST = 128 * 1024;

    private final List<byte[]> full = new ArrayList<>();
    private byte[] current = new byte[FIRST];
    private int used;
    private int before;

    @Override
    public void write(int value) {
        if (used == current.length) {
            next();
        }
        current[used++] = (byte) value;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
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

    private void next() {
        full.add(current);
        before += used;
        current = new byte[Math.min(LARGEST, 2 * current.length)];
        used = 0;
    }

    int size() {
        return before + used;
    }

    void writeTo(OutputStream out) throws IOException {
        for (byte[] piece : full) {
            out.write(piece);
        }
        out.write(current, 0, used);
    }
}
