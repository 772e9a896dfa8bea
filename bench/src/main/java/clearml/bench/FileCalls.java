package clearml.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Random;
import java.util.UUID;

/** Uploads as the SDK makes them: a multipart form with one file. */
final class FileCalls implements Client {

    static final int MEGABYTES = 50;

    private static final String BOUNDARY = "bench-boundary";
    private static final byte[] CONTENT = content();

    private final HttpConnection connection;
    private final Message message;
    private final String name = "bench/" + UUID.randomUUID();

    FileCalls(Message message) throws IOException {
        this.message = message;
        this.connection = new HttpConnection(message.server());
    }

    @Override
    public boolean call(long number) throws IOException {
        return upload(connection, message, name) == 200;
    }

    @Override
    public void close() throws IOException {
        connection.sendAndDrain(message.delete("/" + name));
        connection.close();
    }

    static int upload(HttpConnection connection, Message message, String name) throws IOException {
        byte[] before = ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"/" + name + "\"; filename=\"/"
                        + name + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(UTF_8);
        byte[] after = ("\r\n--" + BOUNDARY + "--\r\n").getBytes(UTF_8);
        long length = (long) before.length + CONTENT.length + after.length;
        byte[] head = message.head("POST", "/", "multipart/form-data; boundary=" + BOUNDARY, length);
        return connection.sendAndDrain(head, before, CONTENT, after);
    }

    private static byte[] content() {
        byte[] bytes = new byte[MEGABYTES * 1_000_000];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
