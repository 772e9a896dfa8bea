package clearml.apiserver.deletion;

import clearml.config.ServerConfig;
import java.time.Duration;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Amazon S3, and servers that speak its protocol: {@code s3://bucket/key} or {@code s3://host:port/bucket/key}. */
@Component
@Order(2)
class S3Storage implements Storage {

    private final StorageSettings settings;
    private final Duration timeout;

    S3Storage(StorageSettings settings, ServerConfig config) {
        this.settings = settings;
        this.timeout = config.duration("services.async_urls_delete.request_timeout_sec");
    }

    @Override
    public String type() {
        return "s3";
    }

    @Override
    public String title() {
        return "AWS";
    }

    @Override
    public Places places(String company) {
        S3Accesses accesses = S3Accesses.of(settings.of(company, StorageSettings.Section.AWS));
        return url -> accesses.find(url)
                .map(found -> new Location(new S3Bucket(found.access(), found.bucket(), timeout), found.key()));
    }
}
