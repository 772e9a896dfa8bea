package clearml.apiserver.queues;

import clearml.apiserver.call.BodyReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/** The registered workers of a company by the queues that they take tasks from. */
@Component
class QueueWorkers {

    private static final Logger LOG = LoggerFactory.getLogger(QueueWorkers.class);

    private final StringRedisTemplate workers;

    QueueWorkers(@Qualifier("workersRedisTemplate") StringRedisTemplate workers) {
        this.workers = workers;
    }

    /** {@code {"name", "ip", "key", "task"}} of each worker, by queue id. */
    Map<String, List<Map<String, @Nullable Object>>> byQueue(String company) {
        Map<String, List<Map<String, @Nullable Object>>> byQueue = new HashMap<>();
        for (Map<?, ?> worker : entries(company)) {
            if (worker.get("queues") instanceof List<?> queues) {
                queues.forEach(queue -> byQueue.computeIfAbsent(String.valueOf(queue), id -> new ArrayList<>())
                        .add(answer(worker)));
            }
        }
        return byQueue;
    }

    private static Map<String, @Nullable Object> answer(Map<?, ?> worker) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("name", worker.get("id"));
        answer.put("ip", worker.get("ip"));
        answer.put("key", worker.get("key"));
        answer.put("task", worker.get("task"));
        return answer;
    }

    private List<Map<?, ?>> entries(String company) {
        double now = System.currentTimeMillis() / 1000.0;
        Set<String> keys = workers.opsForZSet().rangeByScore("workers_" + company, now, Double.MAX_VALUE);
        if (keys == null || keys.isEmpty()) {
            return List.of();
        }
        List<@Nullable String> texts = workers.opsForValue().multiGet(new TreeSet<>(keys));
        List<Map<?, ?>> entries = new ArrayList<>();
        for (String text : texts == null ? List.<@Nullable String>of() : texts) {
            if (text != null) {
                read(text, entries);
            }
        }
        return entries;
    }

    /** One entry that cannot be read must not hide the others. */
    private static void read(String text, List<Map<?, ?>> entries) {
        try {
            if (BodyReader.read(text) instanceof Map<?, ?> entry) {
                entries.add(entry);
            }
        } catch (RuntimeException e) {
            LOG.warn("The entry of a worker cannot be read: {}", text, e);
        }
    }
}
