package clearml.apiserver.queues;

import clearml.apiserver.call.BodyReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/** Which queues the registered workers of a company take tasks from. */
@Component
public class QueueWatchers {

    private final StringRedisTemplate workers;

    QueueWatchers(@Qualifier("workersRedisTemplate") StringRedisTemplate workers) {
        this.workers = workers;
    }

    /** Whether any worker of the company watches the queue. */
    public boolean isWatched(String queue, String company) {
        Set<String> keys = workers.opsForZSet()
                .rangeByScore("workers_" + company, System.currentTimeMillis() / 1000.0, Double.MAX_VALUE);
        if (keys == null || keys.isEmpty()) {
            return false;
        }
        List<@Nullable String> entries = workers.opsForValue().multiGet(keys);
        return entries != null && entries.stream().anyMatch(entry -> watches(entry, queue));
    }

    private static boolean watches(@Nullable String worker, String queue) {
        if (worker == null) {
            return false;
        }
        try {
            return BodyReader.read(worker) instanceof Map<?, ?> entry
                    && entry.get("queues") instanceof List<?> queues
                    && queues.contains(queue);
        } catch (RuntimeException e) {
            // An entry that cannot be read is nobody's.
            return false;
        }
    }
}
