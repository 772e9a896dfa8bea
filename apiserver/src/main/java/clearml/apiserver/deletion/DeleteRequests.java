package clearml.apiserver.deletion;

import clearml.config.ServerConfig;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Sends a {@code DELETE} for each file, all at the same time. */
@Component
class DeleteRequests {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int SHOWN = 300;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final Duration timeout;

    DeleteRequests(ServerConfig config) {
        timeout = config.duration("services.async_urls_delete.request_timeout_sec");
    }

    /** @param missing whether an answer of 404 means that the file is not there, and not something else */
    Deleted send(
            List<String> paths,
            Function<String, HttpRequest.Builder> request,
            Predicate<HttpResponse<String>> missing) {
        Map<String, CompletableFuture<HttpResponse<String>>> running = new LinkedHashMap<>();
        Map<String, String> errors = new LinkedHashMap<>();
        for (String path : paths) {
            try {
                HttpRequest delete =
                        request.apply(path).DELETE().timeout(timeout).build();
                running.put(path, http.sendAsync(delete, HttpResponse.BodyHandlers.ofString()));
            } catch (IllegalArgumentException e) {
                errors.put(path, e.toString());
            }
        }
        Set<String> gone = new HashSet<>();
        running.forEach((path, answer) -> {
            try {
                HttpResponse<String> found = answer.join();
                int status = found.statusCode();
                if (status / 100 == 2 || (status == 404 && missing.test(found))) {
                    gone.add(path);
                } else {
                    errors.put(path, reason(found));
                }
            } catch (CompletionException e) {
                errors.put(path, Objects.requireNonNullElse(e.getCause(), e).toString());
            }
        });
        return new Deleted(gone, errors);
    }

    private static String reason(HttpResponse<String> answer) {
        String text = answer.body().strip();
        return "HTTP " + answer.statusCode() + ": " + text.substring(0, Math.min(SHOWN, text.length()));
    }
}
