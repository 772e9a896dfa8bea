package clearml.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.Base64;

/** Builds the bytes of requests. */
record Message(URI server, String authorization) {

    static Message basic(URI server, String key, String secret) {
        return new Message(server, "Basic " + Base64.getEncoder().encodeToString((key + ":" + secret).getBytes(UTF_8)));
    }

    static Message plain(URI server) {
        return new Message(server, "");
    }

    Message bearer(String token) {
        return new Message(server, "Bearer " + token);
    }

    Message to(URI other) {
        return new Message(other, authorization);
    }

    byte[] get(String path) {
        return head("GET", path, "", 0);
    }

    byte[] delete(String path) {
        return head("DELETE", path, "", 0);
    }

    byte[] json(String path, String body) {
        return post(path, "application/json", body.getBytes(UTF_8));
    }

    byte[] post(String path, String contentType, byte[] body) {
        byte[] head = head("POST", path, contentType, body.length);
        byte[] whole = new byte[head.length + body.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }

    /** Request line and headers, for a body that is sent apart. */
    byte[] head(String method, String path, String contentType, long length) {
        return (method + " " + path + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n"
                        + (authorization.isEmpty() ? "" : "Authorization: " + authorization + "\r\n")
                        + (contentType.isEmpty() ? "" : "Content-Type: " + contentType + "\r\n")
                        + "Content-Length: " + length + "\r\n\r\n")
                .getBytes(UTF_8);
    }
}
