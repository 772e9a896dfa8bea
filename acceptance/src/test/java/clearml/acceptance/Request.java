package clearml.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One request to be filled in and sent. */
final class Request {

    private final HttpClient http;
    private final URI uri;
    private final List<String> headers = new ArrayList<>();
    private String method = "POST";
    private byte[] body = {};
    private boolean chunked;

    Request(HttpClient http, URI uri) {
        this.http = http;
        this.uri = uri;
    }

    Request method(String name) {
        method = name;
        return this;
    }

    Request header(String name, String value) {
        headers.add(name);
        headers.add(value);
        return this;
    }

    Request json(String text) {
        return body("application/json", text.getBytes(UTF_8));
    }

    Request body(String contentType, String text) {
        return body(contentType, text.getBytes(UTF_8));
    }

    Request body(String contentType, byte[] bytes) {
        return header("Content-Type", contentType).body(bytes);
    }

    /** A body without a content type. */
    Request body(byte[] bytes) {
        body = bytes;
        return this;
    }

    /** Sends the body in chunks, without saying its length before. */
    Request chunked() {
        chunked = true;
        return this;
    }

    Answer send() {
        var response = answered(HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), response.headers().map(), response.body());
    }

    /** Sends it and counts the bytes of the answer, which may be more than there is memory for. */
    long sendAndCount() {
        try (var body = answered(HttpResponse.BodyHandlers.ofInputStream()).body()) {
            return body.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + uri, e);
        }
    }

    private <T> HttpResponse<T> answered(HttpResponse.BodyHandler<T> handler) {
        var request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(120)).method(method, publisher());
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        try {
            return http.send(request.build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.BodyPublisher publisher() {
        if (chunked) {
            return HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
        }
        return body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body);
    }
}
