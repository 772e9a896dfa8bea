package clearml.apiserver.deletion;

import clearml.config.ServerConfig;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Google Cloud Storage: {@code gs://bucket/name}. */
@Component
@Order(3)
class GoogleStorage implements Storage {

    private static final String SCHEME = "gs://";
    private static final String CREDENTIALS = "credentials_json";

    private final StorageSettings settings;
    private final DeleteRequests requests;
    private final String endpoint;

    GoogleStorage(StorageSettings settings, DeleteRequests requests, ServerConfig config) {
        this.settings = settings;
        this.requests = requests;
        this.endpoint =
                config.string("services.async_urls_delete.google_endpoint").replaceFirst("/+$", "");
    }

    @Override
    public String type() {
        return "gs";
    }

    @Override
    public String title() {
        return "Google Storage";
    }

    @Override
    public Places places(String company) {
        StorageOptions options = settings.of(company, StorageSettings.Section.GOOGLE);
        return url -> find(url, options);
    }

    private Optional<Location> find(String url, StorageOptions options) {
        if (!url.startsWith(SCHEME)) {
            return Optional.empty();
        }
        String location = url.substring(SCHEME.length());
        String[] parts = location.split("/", 2);
        if (parts[0].isEmpty()) {
            return Optional.empty();
        }
        String credentials = Stream.of("buckets", "credentials")
                .flatMap(options::sections)
                .filter(bucket -> leadsTo(bucket, location))
                .max(Comparator.comparingInt(bucket -> prefix(bucket).length()))
                .map(bucket -> bucket.text(CREDENTIALS))
                .filter(text -> !text.isEmpty())
                .orElseGet(() -> options.text(CREDENTIALS));
        return Optional.of(new Location(
                new GoogleBucket(parts[0], credentials, endpoint, requests), parts.length == 1 ? "" : parts[1]));
    }

    private static boolean leadsTo(StorageOptions bucket, String location) {
        String prefix = prefix(bucket);
        return !prefix.isEmpty() && (location.toLowerCase(Locale.ROOT) + "/").startsWith(prefix + "/");
    }

    private static String prefix(StorageOptions bucket) {
        String subdir = bucket.text("subdir").replaceAll("^/+|/+$", "");
        String name = bucket.text("bucket").replaceFirst("/+$", "");
        return (subdir.isEmpty() ? name : name + "/" + subdir).toLowerCase(Locale.ROOT);
    }
}
