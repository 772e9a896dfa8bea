package clearml.apiserver.deletion;

import clearml.apiserver.store.mongo.MongoStores;
import clearml.config.ServerConfig;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import java.util.HashMap;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The credentials for storages: those that a company has set, or else those that the server was configured with. */
@Component
class StorageSettings {

    /** Sections of {@code storage_settings}, and where in the configuration they come from otherwise. */
    enum Section {
        AWS(
                "aws",
                "aws.s3",
                Map.of(
                        "key",
                        "AWS_ACCESS_KEY_ID",
                        "secret",
                        "AWS_SECRET_ACCESS_KEY",
                        "token",
                        "AWS_SESSION_TOKEN",
                        "region",
                        "AWS_DEFAULT_REGION")),
        GOOGLE("google", "google.storage", Map.of("credentials_json", "GOOGLE_APPLICATION_CREDENTIALS")),
        AZURE(
                "azure",
                "azure.storage",
                Map.of("account_name", "AZURE_STORAGE_ACCOUNT", "account_key", "AZURE_STORAGE_KEY"));

        private final String member;
        private final String path;
        private final Map<String, String> variables;

        Section(String member, String path, Map<String, String> variables) {
            this.member = member;
            this.path = path;
            this.variables = variables;
        }
    }

    private final MongoCollection<Document> settings;
    private final ServerConfig config;

    StorageSettings(MongoStores stores, ServerConfig config) {
        this.settings = stores.backend("storage_settings");
        this.config = config;
    }

    StorageOptions of(String company, Section section) {
        Document stored = settings.find(Filters.eq("company", company)).first();
        return stored != null && stored.get(section.member) instanceof Document own
                ? new StorageOptions(own)
                : configured(section);
    }

    private StorageOptions configured(Section section) {
        Map<String, @Nullable Object> options =
                new HashMap<>(config.object("services.storage_credentials." + section.path));
        StorageOptions written = new StorageOptions(options);
        section.variables.forEach((name, variable) -> {
            if (written.text(name).isEmpty()) {
                config.environment(variable).ifPresent(value -> options.put(name, value));
            }
        });
        return written;
    }
}
