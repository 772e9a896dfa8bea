package clearml.fileserver;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.springframework.stereotype.Component;

/** Copies a range of an open file into an answer. */
@Component
class FileSender {

    private static final int BUFFER_SIZE = 128 * 1024;

    private final Counter sent;

    FileSender(MeterRegistry metrics) {
        this.sent = Counter.builder("fileserver.download")
                .description("Sent content")
                .baseUnit("bytes")
                .register(metrics);
    }

    void send(OpenFile file, FileRange range, OutputStream out) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER_SIZE, Math.max(range.length(), 1)));
        long position = range.from();
        long end = range.from() + range.length();
        while (position < end) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
            int read = file.channel().read(buffer, position);
            if (read < 0) {
                throw new EOFException("The file became shorter while it was sent");
            }
            out.write(buffer.array(), 0, read);
            position += read;
            sent.increment(read);
        }
    }
}
