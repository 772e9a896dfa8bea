package clearml.apiserver.query;

import clearml.apiserver.store.mongo.MongoStores;
import clearml.config.ServerConfig;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.StringRedisTemplate;

/** The query machinery with the limits of {@code services._mongo}. */
@Configuration(proxyBeanMethods = false)
class QueryConfiguration {

    /** No list may hold a connection longer, however it was asked for. */
    private static final Duration MAX_TIME = Duration.ofSeconds(60);

    @Bean
    EntityQueries entityQueries(MongoStores stores, StringRedisTemplate redis, ServerConfig config) {
        Duration scrollLife = config.duration("services._mongo.scroll_state_expiration_seconds");
        QueryLimits limits = new QueryLimits(
                config.integer("services._mongo.max_page_size"),
                MAX_TIME,
                config.bool("services._mongo.allow_disk_use.sort"));
        return new EntityQueries(stores, new RedisScrollStates(redis, scrollLife), limits);
    }

    @Bean
    Publicity publicity(MongoStores stores) {
        return new Publicity(stores);
    }
}
