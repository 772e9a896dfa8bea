package clearml.apiserver.deletion;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.auth.Credentials;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.web.util.UriUtils;

/**
 * A bucket.
 *
 * @param credentials a key as JSON or the name of a file with it; empty for what the machine or the environment provides
 */
record GoogleBucket(String name, String credentials, String endpoint, DeleteRequests requests)
        implements Storage.Place {

    private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";
    private static final int AT_ONCE = 32;

    @Override
    public int atOnce() {
        return AT_ONCE;
    }

    @Override
    public Storage.Session open() throws IOException {
        Credentials key = key().createScoped(SCOPE);
        return paths -> delete(paths, key);
    }

    private GoogleCredentials key() throws IOException {
        if (credentials.isEmpty()) {
            return GoogleCredentials.getApplicationDefault();
        }
        try (InputStream json = credentials.startsWith("{")
                ? new ByteArrayInputStream(credentials.getBytes(UTF_8))
                : Files.newInputStream(Path.of(credentials))) {
            return GoogleCredentials.fromStream(json);
        } catch (NoSuchFileException | InvalidPathException e) {
            // Without its text, which may be a damaged key.
            throw new IOException("credentials_json is neither a key nor the name of a file");
        }
    }

    private Deleted delete(List<String> paths, Credentials key) throws IOException {
        URI storage = URI.create(endpoint);
        Map<String, List<String>> headers = key.getRequestMetadata(storage);
        return requests.send(
                paths,
                path -> {
                    HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create(endpoint + "/storage/v1/b/" + part(name) + "/o/" + part(path)));
                    headers.forEach((header, values) -> values.forEach(value -> request.header(header, value)));
                    return request;
                },
                answer -> !answer.body().contains("bucket does not exist"));
    }

    private static String part(String text) {
        return UriUtils.encode(text, UTF_8);
    }

    @Override
    public String toString() {
        return "gs://" + name;
    }
}
