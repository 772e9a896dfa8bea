package clearml.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;

/**
 * One kept-alive HTTP/1.1 connection that sends prepared bytes and reads answers. It costs far less than a general
 * client, so that on a small machine the server is measured and not the driver.
 */
final class HttpConnection implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final URI server;
    private Socket socket;
    private InputStream in;
    private OutputStream out;

    HttpConnection(URI server) throws IOException {
        this.server = server;
        socket = connect();
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        out = socket.getOutputStream();
    }

    /** Sends a request and reads the whole answer. */
    HttpAnswer send(byte[]... request) throws IOException {
        write(request);
        Head head = head();
        ByteArrayOutputStream body = new ByteArrayOutputStream(Math.max(32, (int) Math.min(head.length, BUFFER)));
        finish(head, body);
        return new HttpAnswer(head.status, body.toByteArray());
    }

    /** Sends a request and throws the answer away as it comes; returns the status. */
    int sendAndDrain(byte[]... request) throws IOException {
        write(request);
        Head head = head();
        finish(head, OutputStream.nullOutputStream());
        return head.status;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private Socket connect() throws IOException {
        Socket connected = new Socket(server.getHost(), server.getPort());
        connected.setTcpNoDelay(true);
        connected.setSoTimeout(60_000);
        return connected;
    }

    /** Servers close a connection after so many requests, and say so in the last answer. */
    private void connectAgain() throws IOException {
        socket.close();
        socket = connect();
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        out = socket.getOutputStream();
    }

    private void write(byte[]... request) throws IOException {
        for (byte[] part : request) {
            out.write(part);
        }
        out.flush();
    }

    private void finish(Head head, OutputStream to) throws IOException {
        body(head, to);
        if (head.last) {
            connectAgain();
        }
    }

    private void body(Head head, OutputStream to) throws IOException {
        if (!head.chunked) {
            copy(head.length, to);
            return;
        }
        for (long size = chunk(); size > 0; size = chunk()) {
            copy(size, to);
            line();
        }
        line();
    }

    private long chunk() throws IOException {
        return Long.parseLong(line().split(";", 2)[0].strip(), 16);
    }

    private void copy(long length, OutputStream to) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, length))];
        for (long left = length; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("connection closed in an answer");
            }
            to.write(buffer, 0, read);
            left -= read;
        }
    }

    private Head head() throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        long length = 0;
        boolean chunked = false;
        boolean last = false;
        for (String line = line(); !line.isEmpty(); line = line()) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(lower.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.contains("chunked");
            } else if (lower.startsWith("connection:")) {
                last = lower.contains("close");
            }
        }
        return new Head(status, length, chunked, last);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("connection closed before an answer");
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(ISO_8859_1);
    }

    private record Head(int status, long length, boolean chunked, boolean last) {}
}
