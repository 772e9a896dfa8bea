package clearml.standalone;

import clearml.config.ServerConfig;
import clearml.embedded.elastic.EmbeddedElasticsearch;
import clearml.embedded.mongo.EmbeddedMongo;
import clearml.embedded.redis.EmbeddedRedis;
import java.util.concurrent.CompletableFuture;

/** Starts those of the embedded stores that the configuration has not replaced by others. */
final class EmbeddedStores {

    private final Installation installation;
    private final ServerConfig config;
    private final StorePorts ports;
    private final Closing closing;
    private final Progress progress;

    EmbeddedStores(
            Installation installation, ServerConfig config, StorePorts ports, Closing closing, Progress progress) {
        this.installation = installation;
        this.config = config;
        this.ports = ports;
        this.closing = closing;
        this.progress = progress;
    }

    boolean hasElasticsearch() {
        return config.elastic("events").hosts().stream()
                .anyMatch(host -> host.host().equals(StorePorts.HOST) && host.port() == ports.elasticsearch());
    }

    private boolean hasRedis() {
        return config.redis("apiserver").port() == ports.redis();
    }

    private boolean hasMongo() {
        return config.mongo().backendUrl().contains(StorePorts.HOST + ":" + ports.mongo());
    }

    /** @return a future that completes when Elasticsearch, which takes longest, is up; the other two are up before that */
    CompletableFuture<Void> start() {
        CompletableFuture<Void> elasticsearch = CompletableFuture.runAsync(this::startElasticsearch);
        if (hasMongo()) {
            closing.add(EmbeddedMongo.start(installation.store("mongo"), StorePorts.HOST, ports.mongo()));
            progress.say("MongoDB is up");
        } else {
            sayExternal("MongoDB");
        }
        if (hasRedis()) {
            closing.add(Supervised.start(
                    "Redis",
                    () -> EmbeddedRedis.start(installation.store("redis"), StorePorts.HOST, ports.redis()),
                    progress));
        } else {
            sayExternal("Redis");
        }
        return elasticsearch;
    }

    private void startElasticsearch() {
        if (!hasElasticsearch()) {
            sayExternal("Elasticsearch");
            return;
        }
        closing.add(Supervised.start(
                "Elasticsearch",
                () -> EmbeddedElasticsearch.start(
                        installation.store("elasticsearch"), StorePorts.HOST, ports.elasticsearch()),
                progress));
    }

    private void sayExternal(String name) {
        progress.say(name + " is the configured one");
    }
}
