package clearml.apiserver.store.mongo;

import clearml.config.MongoSettings;
import clearml.config.ServerConfig;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.mongodb.MongoMetricsCommandListener;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The connection to MongoDB: one client when both databases are on the same servers. */
@Configuration(proxyBeanMethods = false)
class MongoConfiguration {

    /** An answer must come before the SDK's own limit of a request (10 s connect, 30 s read for agents). */
    private static final long SERVER_SELECTION_MS = 5_000;

    private static final int CONNECTIONS = 200;

    @Bean
    MongoClient backendMongoClient(ServerConfig config, MeterRegistry registry) {
        return client(config.mongo().backendUrl(), registry);
    }

    @Bean
    MongoClient authMongoClient(ServerConfig config, MeterRegistry registry, MongoClient backendMongoClient) {
        MongoSettings settings = config.mongo();
        return sameServers(settings) ? backendMongoClient : client(settings.authUrl(), registry);
    }

    private static boolean sameServers(MongoSettings settings) {
        return withoutDatabase(settings.backendUrl(), settings.backendDatabase())
                .equals(withoutDatabase(settings.authUrl(), settings.authDatabase()));
    }

    private static String withoutDatabase(String url, String database) {
        return url.replaceFirst("/" + database + "(\\?|$)", "/$1");
    }

    private static MongoClient client(String url, MeterRegistry registry) {
        MongoClientSettings settings = MongoClientSettings.builder()
                .applicationName("clearml-apiserver")
                // A single mongod without replica set must do, where the driver may not retry writes.
                .retryWrites(false)
                .applyToClusterSettings(
                        cluster -> cluster.serverSelectionTimeout(SERVER_SELECTION_MS, TimeUnit.MILLISECONDS))
                .applyToConnectionPoolSettings(pool -> pool.maxSize(CONNECTIONS))
                .addCommandListener(new MongoMetricsCommandListener(registry))
                .applyConnectionString(new ConnectionString(url))
                .build();
        return MongoClients.create(settings);
    }

    @Bean
    MongoStores mongoStores(ServerConfig config, MongoClient backendMongoClient, MongoClient authMongoClient) {
        MongoSettings settings = config.mongo();
        return new MongoStores(
                backendMongoClient.getDatabase(settings.backendDatabase()),
                authMongoClient.getDatabase(settings.authDatabase()));
    }
}
