package clearml.apiserver.store.redis;

import clearml.apiserver.call.Call;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * Locks that hold over all servers on the same stores, for work on several documents that belong together. A lock that
 * its holder could not give back, because it died, is free again after 30 s.
 */
@Component
public class StoreLocks {

    private static final Logger LOG = LoggerFactory.getLogger(StoreLocks.class);
    private static final Duration LIFE = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = LIFE.multipliedBy(2);
    private static final long SHORTEST_PAUSE = 500_000;
    private static final long LONGEST_PAUSE = 20_000_000;

    /** Only its holder gives a lock back: it may have run out, and be another's by now. */
    private static final RedisScript<Long> RELEASE = RedisScript.of(
            "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end",
            Long.class);

    private final StringRedisTemplate redis;
    private final ThreadLocal<Set<String>> held = ThreadLocal.withInitial(HashSet::new);

    StoreLocks(StringRedisTemplate redis) {
        this.redis = redis;
    }

    /** Does work that nobody else does under that name at the same time; within itself it may ask for the name again. */
    public <T> T holding(String name, Supplier<T> work) {
        return holding(name, () -> {}, work);
    }

    /** @param first what is done before the work unless the caller holds the lock already */
    public <T> T holding(String name, Runnable first, Supplier<T> work) {
        if (held.get().contains(name)) {
            return work.get();
        }
        String key = "store_lock_" + name;
        String token = Call.newId();
        acquire(key, token);
        held.get().add(name);
        try {
            first.run();
            return work.get();
        } finally {
            held.get().remove(name);
            release(key, token);
        }
    }

    /** The work is done, so its answer counts; a lock that cannot be given back runs out. */
    private void release(String key, String token) {
        try {
            redis.execute(RELEASE, List.of(key), token);
        } catch (DataAccessException e) {
            LOG.warn("The lock {} could not be given back, it runs out within {}: {}", key, LIFE, e.getMessage());
        }
    }

    private void acquire(String key, String token) {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        long pause = SHORTEST_PAUSE;
        while (!Boolean.TRUE.equals(redis.opsForValue().setIfAbsent(key, token, LIFE))) {
            if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("Others hold " + key + " for too long");
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE);
        }
    }
}
