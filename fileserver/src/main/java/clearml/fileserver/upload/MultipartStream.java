package clearml.fileserver.upload;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The parts of a {@code multipart/form-data} body, in their order: {@link #next()}, then {@link #copyTo} or the next
 * part. Holds one buffer, whatever the size of a part.
 */
public final class MultipartStream {

    private static final int BUFFER_SIZE = 128 * 1024;
    private static final int MAX_HEADERS = 64 * 1024;

    private final InputStream in;
    private final DelimiterSearch delimiter;
    private final byte[] buffer = new byte[BUFFER_SIZE];
    private int position;
    private int limit;
    private boolean afterDelimiter;
    private boolean finished;

    public MultipartStream(InputStream in, String boundary) {
        this.in = in;
        this.delimiter = new DelimiterSearch(("\r\n--" + boundary).getBytes(StandardCharsets.UTF_8));
        // The first delimiter has no line break before it; with one it is like the others.
        buffer[limit++] = '\r';
        buffer[limit++] = '\n';
    }

    /** Empty after the last part. What was not read of the former part is skipped. */
    public Optional<PartHeaders> next() throws IOException {
        if (finished) {
            return Optional.empty();
        }
        if (!afterDelimiter) {
            skipBody();
        }
        afterDelimiter = false;
        int first = read();
        int second = read();
        if (first == '-' && second == '-') {
            finished = true;
            return Optional.empty();
        }
        while (first == ' ' || first == '\t') {
            first = second;
            second = read();
        }
        if (first != '\r' || second != '\n') {
            throw new MalformedUpload("a boundary is followed by something else than a line break");
        }
        return Optional.of(headers());
    }

    /** Writes the body of the current part. */
    public long copyTo(WritableByteChannel out) throws IOException {
        long copied = 0;
        while (true) {
            int found = delimiter.find(buffer, position, limit);
            int end = found >= 0 ? found : Math.max(position, limit - delimiter.length() + 1);
            ByteBuffer chunk = ByteBuffer.wrap(buffer, position, end - position);
            copied += chunk.remaining();
            while (chunk.hasRemaining()) {
                out.write(chunk);
            }
            position = end;
            if (found >= 0) {
                position += delimiter.length();
                afterDelimiter = true;
                return copied;
            }
            fill();
        }
    }

    private void skipBody() throws IOException {
        copyTo(Discard.CHANNEL);
    }

    private PartHeaders headers() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream(512);
        int ended = 2; // bytes of an empty line that were read
        while (ended < 4) {
            int next = read();
            text.write(next);
            ended = next == (ended % 2 == 0 ? '\r' : '\n') ? ended + 1 : next == '\r' ? 1 : 0;
            if (text.size() > MAX_HEADERS) {
                throw new MalformedUpload("the headers of a part are too long");
            }
        }
        return PartHeaders.parse(text.toString(StandardCharsets.UTF_8));
    }

    private int read() throws IOException {
        if (position == limit) {
            fill();
        }
        return buffer[position++];
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
        int read = in.read(buffer, limit, buffer.length - limit);
        if (read < 0) {
            throw new MalformedUpload("the body ended inside a part");
        }
        limit += read;
    }
}
