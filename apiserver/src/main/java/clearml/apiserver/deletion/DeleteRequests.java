package clearml.apiserver.deletion;

import clearml.config.ServerConfig;
import java.io.IOException;
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
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sends a {@code DELETE} for each file, all at the same time. */
@Component
class DeleteRequests {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int SHOWN = 300;

    private @Nullable HttpClient http;
    private final Duration timeout;

    DeleteRequests(ServerConfig config) {
        timeout = config.duration("services.async_urls_delete.request_timeout_sec");
    }

    /**
     * Throws when none of the requests was answered.
     *
     * @param missing whether an answer of 404 means that the file is not there, and not something else
     */
    Deleted send(
            List<String> paths, Function<String, HttpRequest.Builder> requests, Predicate<HttpResponse<String>> missing)
            throws IOException {
        Map<String, CompletableFuture<HttpResponse<String>>> running = new LinkedHashMap<>();
        for (String path : paths) {
            HttpRequest delete = requests.apply(path).DELETE().timeout(timeout).build();
            running.put(path, http().sendAsync(delete, HttpResponse.BodyHandlers.ofString()));
        }
        Set<String> gone = new HashSet<>();
        Map<String, String> errors = new LinkedHashMap<>();
        IOException unanswered = null;
        int answers = 0;
        for (var request : running.entrySet()) {
            try {
                HttpResponse<String> answer = request.getValue().join();
                int status = answer.statusCode();
                answers++;
                if (status / 100 == 2 || (status == 404 && missing.test(answer))) {
                    gone.add(request.getKey());
                } else {
                    errors.put(request.getKey(), reason(answer));
                }
            } catch (CompletionException e) {
                Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
                unanswered = new IOException(cause.toString(), cause);
                errors.put(request.getKey(), cause.toString());
            }
        }
        if (answers == 0 && unanswered != null) {
            throw unanswered;
        }
        return new Deleted(gone, errors);
    }

    /** Made when the first file is to be deleted. */
    private synchronized HttpClient http() {
        HttpClient made = http;
        if (made == null) {
            made = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .build();
            http = made;
        }
        return made;
    }

    private static String reason(HttpResponse<String> answer) {
        String text = answer.body().strip();
        return "HTTP " + answer.statusCode() + ": " + text.substring(0, Math.min(SHOWN, text.length()));
    }
}
