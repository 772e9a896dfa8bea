package clearml.apiserver.tags;

import static org.assertj.core.api.Assertions.assertThat;

import clearml.apiserver.query.MemoryMongo;
import clearml.apiserver.tags.TagCache.Entity;
import clearml.config.ServerConfig;
import clearml.embedded.redis.EmbeddedRedis;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

class TagCacheTest {

    private static final String COMPANY = "c1";
    private static final String KEY = TagCache.key("tags", COMPANY, "p1", Entity.TASK);
    private static final List<String> OLD = List.of("old");
    private static final List<String> NEW = List.of("new");

    private final MemoryMongo mongo = new MemoryMongo();
    private EmbeddedRedis redis;
    private LettuceConnectionFactory connections;
    private TagCache cache;

    @BeforeEach
    void start(@TempDir Path folder) {
        redis = EmbeddedRedis.start(folder, "127.0.0.1", 0);
        connections = new LettuceConnectionFactory(redis.host(), redis.port());
        connections.afterPropertiesSet();
        cache = new TagCache(
                new StringRedisTemplate(connections),
                mongo.stores,
                ServerConfig.load(Map.of("CLEARML_CONFIG_DIR", "/nowhere")));
    }

    @AfterEach
    void stop() {
        connections.destroy();
        redis.close();
        mongo.close();
    }

    @Test
    void tagsAreLookedUpOnceUntilTheyAreForgotten() {
        assertThat(cache.get(COMPANY, KEY, () -> OLD)).isEqualTo(OLD);
        assertThat(cache.get(COMPANY, KEY, () -> NEW)).isEqualTo(OLD);

        forget();

        assertThat(cache.get(COMPANY, KEY, () -> NEW)).isEqualTo(NEW);
        assertThat(cache.get(COMPANY, KEY, () -> OLD)).isEqualTo(NEW);
    }

    @Test
    void whatWasForgottenWhileItWasLookedUpIsNotRemembered() {
        cache.get(COMPANY, KEY, () -> {
            forget();
            return OLD;
        });

        assertThat(cache.get(COMPANY, KEY, () -> NEW)).isEqualTo(NEW);
    }

    @Test
    void aSlowReaderDoesNotReplaceWhatAnotherHasReadSince() {
        cache.get(COMPANY, KEY, () -> {
            forget();
            cache.get(COMPANY, KEY, () -> NEW);
            return OLD;
        });

        assertThat(cache.get(COMPANY, KEY, () -> NEW)).isEqualTo(NEW);
    }

    @Test
    void tagsAreForgottenAgainAndAgain() {
        cache.get(COMPANY, KEY, () -> {
            forget();
            return OLD;
        });
        cache.get(COMPANY, KEY, () -> OLD);

        forget();

        assertThat(cache.get(COMPANY, KEY, () -> NEW)).isEqualTo(NEW);
    }

    private void forget() {
        cache.forget(Entity.TASK, COMPANY, List.of("p1"), List.of("tags"));
    }
}
