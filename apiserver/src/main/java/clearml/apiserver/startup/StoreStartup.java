package clearml.apiserver.startup;

import clearml.apiserver.store.elastic.ElasticTemplates;
import clearml.apiserver.store.mongo.MongoIndexes;
import clearml.apiserver.store.mongo.MongoStores;
import clearml.config.ServerConfig;
import java.time.Duration;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/**
 * The start-up sequence: reaches the stores, then lays them out under a lock. It runs while the beans are made, so before
 * the port opens.
 */
@Component
class StoreStartup implements InitializingBean {

    private static final String PROBING = "apiserver.elastic.probing.";
    private static final Logger LOG = LoggerFactory.getLogger(StoreStartup.class);

    private final ServerConfig config;
    private final StringRedisTemplate redis;
    private final MongoStores stores;
    private final InitLock lock;
    private final DatabaseVersion version;
    private final Fixtures fixtures;
    private final ConfiguredUsers users;
    private final FeaturedProjects featured;
    private final MongoIndexes indexes;
    private final ElasticTemplates templates;

    StoreStartup(
            ServerConfig config,
            StringRedisTemplate redis,
            MongoStores stores,
            InitLock lock,
            DatabaseVersion version,
            Fixtures fixtures,
            ConfiguredUsers users,
            FeaturedProjects featured,
            MongoIndexes indexes,
            ElasticTemplates templates) {
        this.config = config;
        this.redis = redis;
        this.stores = stores;
        this.lock = lock;
        this.version = version;
        this.fixtures = fixtures;
        this.users = users;
        this.featured = featured;
        this.indexes = indexes;
        this.templates = templates;
    }

    @Override
    public void afterPropertiesSet() {
        StoreWait.until("Redis", () -> redis.hasKey("health"));
        StoreWait.until("MongoDB", () -> stores.backend().runCommand(new Document("ping", 1)));
        boolean elastic = awaitElasticsearch();
        lock.runLocked(() -> layOut(elastic));
    }

    /** A server that has served goes on without it, as it does when Elasticsearch dies later. */
    private boolean awaitElasticsearch() {
        if (version.isEmpty()) {
            StoreWait.until("Elasticsearch", templates::probe);
            return true;
        }
        Duration patience = config.duration(PROBING + "timeout").multipliedBy(config.integer(PROBING + "max_retries"));
        return StoreWait.within(patience, "Elasticsearch", templates::probe);
    }

    private void layOut(boolean elastic) {
        // Before anything can be written: an index without its template maps ids as text.
        if (elastic) {
            templates.apply();
        } else {
            LOG.warn("Going on without Elasticsearch: events are refused until it answers");
            templates.applyLater();
        }
        boolean empty = version.isEmpty();
        LOG.info(empty ? "Initialising an empty database" : "Checking the database");
        version.bringUpToDate(empty);
        indexes.create();
        fixtures.create();
        users.create();
        featured.arrange();
        if (empty && config.bool("apiserver.pre_populate.enabled")) {
            LOG.warn("apiserver.pre_populate is not supported yet: the database stays without examples");
        }
    }
}
