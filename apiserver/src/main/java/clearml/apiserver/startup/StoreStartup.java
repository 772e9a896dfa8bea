package clearml.apiserver.startup;

import clearml.apiserver.store.elastic.ElasticTemplates;
import clearml.apiserver.store.mongo.MongoIndexes;
import clearml.apiserver.store.mongo.MongoStores;
import clearml.config.ServerConfig;
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

    private static final Logger LOG = LoggerFactory.getLogger(StoreStartup.class);

    private final ServerConfig config;
    private final StringRedisTemplate redis;
    private final MongoStores stores;
    private final InitLock lock;
    private final DatabaseVersion version;
    private final Fixtures fixtures;
    private final ConfiguredUsers users;
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
            MongoIndexes indexes,
            ElasticTemplates templates) {
        this.config = config;
        this.redis = redis;
        this.stores = stores;
        this.lock = lock;
        this.version = version;
        this.fixtures = fixtures;
        this.users = users;
        this.indexes = indexes;
        this.templates = templates;
    }

    @Override
    public void afterPropertiesSet() {
        StoreWait.until("Redis", () -> redis.hasKey("health"));
        StoreWait.until("MongoDB", () -> stores.backend().runCommand(new Document("ping", 1)));
        StoreWait.until("Elasticsearch", templates::probe);
        lock.runLocked(this::layOut);
    }

    private void layOut() {
        // Before anything can be written: an index without its template maps ids as text.
        templates.apply();
        boolean empty = version.isEmpty();
        LOG.info(empty ? "Initialising an empty database" : "Checking the database");
        version.bringUpToDate(empty);
        indexes.create();
        fixtures.create();
        users.create();
        if (empty && config.bool("apiserver.pre_populate.enabled")) {
            LOG.warn("apiserver.pre_populate is not supported yet: the database stays without examples");
        }
    }
}
