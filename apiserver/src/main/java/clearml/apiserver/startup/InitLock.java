package clearml.apiserver.startup;

import clearml.config.MongoSettings;
import clearml.config.ServerConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;
import org.springframework.util.DigestUtils;

/**
 * The lock that lets one process at a time lay out the stores, shared with the reference: a Redis key named after the
 * databases' addresses.
 */
@Component
class InitLock {

    private static final Logger LOG = LoggerFactory.getLogger(InitLock.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final StringRedisTemplate redis;
    private final String key;
    private final Duration life;

    InitLock(StringRedisTemplate redis, ServerConfig config) {
        this.redis = redis;
        this.key = "dist_lock_db_init_" + addresses(config.mongo());
        this.life = config.duration("apiserver.db_init_timout");
    }

    private static String addresses(MongoSettings mongo) {
        String joined = Stream.of(mongo.backendUrl(), mongo.authUrl()).sorted().collect(Collectors.joining(";"));
        return DigestUtils.md5DigestAsHex(joined.getBytes(StandardCharsets.UTF_8));
    }

    /** Runs the work alone; after twice the lock's life it runs all the same, as the holder must be dead. */
    void runLocked(Runnable work) {
        boolean acquired = acquire();
        try {
            work.run();
        } finally {
            if (acquired) {
                redis.delete(key);
            }
        }
    }

    /** Whether it is ours. */
    private boolean acquire() {
        String pid = String.valueOf(ProcessHandle.current().pid());
        long end = System.nanoTime() + 2 * life.toNanos();
        while (!Boolean.TRUE.equals(redis.opsForValue().setIfAbsent(key, pid, life))) {
            if (System.nanoTime() > end) {
                LOG.warn("Another process holds the start-up lock {} for too long; going on without it", key);
                return false;
            }
            sleep();
        }
        return true;
    }

    private static void sleep() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the start-up lock", e);
        }
    }
}
