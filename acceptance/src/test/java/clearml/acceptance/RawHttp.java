package clearml.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** HTTP/1.1 by hand on a connection that is closed afterwards. */
final class RawHttp {

    private RawHttp() {}

    /**
     * Sends a request.
     *
     * @param head request line and headers, lines separated by line feeds; Connection and Content-Length are added, and Host unless it is there
     */
    static Answer send(URI base, String head, byte[] body) {
        try (var socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(30_000);
            var host = head.contains("\nHost:") ? "" : "\r\nHost: " + base.getAuthority();
            var lines = head.strip().replace("\n", "\r\n") + host + "\r\nConnection: close\r\nContent-Length: "
                    + body.length + "\r\n\r\n";
            var out = new ByteArrayOutputStream();
            out.writeBytes(lines.getBytes(UTF_8));
            out.writeBytes(body);
            socket.getOutputStream().write(out.toByteArray());
            return parse(socket.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(head, e);
        }
    }

    private static Answer parse(byte[] response) {
        var text = new String(response, ISO_8859_1);
        var end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IllegalStateException("no HTTP answer: " + text);
        }
        var lines = text.substring(0, end).split("\r\n");
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (var line : Arrays.copyOfRange(lines, 1, lines.length)) {
            var colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        var body = Arrays.copyOfRange(response, end + 4, response.length);
        var chunked = text.substring(0, end).toLowerCase(java.util.Locale.ROOT).contains("transfer-encoding: chunked");
        return new Answer(Integer.parseInt(lines[0].split(" ")[1]), headers, chunked ? unchunk(body) : body);
    }

    private static byte[] unchunk(byte[] body) {
        var out = new ByteArrayOutputStream();
        var text = new String(body, ISO_8859_1);
        var at = 0;
        while (at < body.length) {
            var lineEnd = text.indexOf("\r\n", at);
            var size = Integer.parseInt(text.substring(at, lineEnd).split(";")[0], 16);
            if (size == 0) {
                break;
            }
            out.write(body, lineEnd + 2, size);
            at = lineEnd + 2 + size + 2;
        }
        return out.toByteArray();
    }
}
