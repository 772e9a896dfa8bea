package clearml.apiserver.deletion;

import clearml.config.ServerConfig;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Azure Blob Storage: {@code azure://account.blob.core.windows.net/container/name}. */
@Component
@Order(4)
class AzureStorage implements Storage {

    private static final String SCHEME = "azure://";

    private final StorageSettings settings;
    private final DeleteRequests requests;
    private final String endpoint;

    AzureStorage(StorageSettings settings, DeleteRequests requests, ServerConfig config) {
        this.settings = settings;
        this.requests = requests;
        this.endpoint =
                config.string("services.async_urls_delete.azure_endpoint").replaceFirst("/+$", "");
    }

    @Override
    public String type() {
        return "azure";
    }

    @Override
    public String title() {
        return "Azure";
    }

    @Override
    public Places places(String company) {
        StorageOptions options = settings.of(company, StorageSettings.Section.AZURE);
        return url -> find(url, options);
    }

    private Optional<Location> find(String url, StorageOptions options) {
        if (!url.startsWith(SCHEME)) {
            return Optional.empty();
        }
        String[] parts = url.substring(SCHEME.length()).split("/", 3);
        if (parts.length == 1 || parts[1].isEmpty()) {
            return Optional.empty();
        }
        String account = parts[0].split("[.:]", 2)[0];
        return key(account, parts[1], options)
                .map(key -> new Location(
                        new AzureContainer(account, key, base(parts[0], account), parts[1], requests),
                        parts.length == 2 ? "" : parts[2]));
    }

    private String base(String host, String account) {
        return endpoint.isEmpty() ? "https://" + host : endpoint.replace("{account}", account);
    }

    /** That of the container, or else that for all of the account. */
    private static Optional<String> key(String account, String container, StorageOptions options) {
        return Stream.concat(options.sections("containers"), Stream.of(options))
                .filter(entry -> entry.text("account_name").equals(account))
                .filter(entry -> entry.text("container_name", container).equals(container))
                .max(Comparator.comparing(entry -> !entry.text("container_name").isEmpty()))
                .map(entry -> entry.text("account_key"));
    }
}
