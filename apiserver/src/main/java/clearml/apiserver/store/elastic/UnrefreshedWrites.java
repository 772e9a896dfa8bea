package clearml.apiserver.store.elastic;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/**
 * Makes what was written readable without refreshing at every write: remembers in Redis, so that every replica knows,
 * which index has writes for which task that no refresh has covered, and refreshes before a read that needs them.
 *
 * <p>Each index has a hash {@code events_unrefreshed:<index>}: {@code #} counts its writes, {@code =} is the count that the
 * last refresh covered, and every task has the count of its last write.
 */
@Component
public class UnrefreshedWrites {

    private static final String PREFIX = "events_unrefreshed:";
    private static final String COUNT = "#";
    private static final String COVERED = "=";

    /** Elasticsearch refreshes by itself after a second, or at the first search; this only bounds the memory used. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final ElasticCluster events;
    private final StringRedisTemplate redis;

    UnrefreshedWrites(ElasticCluster eventsCluster, StringRedisTemplate redis) {
        this.events = eventsCluster;
        this.redis = redis;
    }

    /** Must be called after the write and before its acknowledgement. */
    public void written(String index, Collection<String> tasks) {
        try {
            remember(PREFIX + index, tasks);
        } catch (DataAccessException e) {
            refresh(index);
        }
    }

    private void remember(String key, Collection<String> tasks) {
        Long count = redis.opsForHash().increment(key, COUNT, 1);
        Map<String, String> marks = new HashMap<>();
        tasks.forEach(task -> marks.put(task, String.valueOf(count)));
        redis.opsForHash().putAll(key, marks);
        redis.expire(key, KEPT);
    }

    /** Refreshes those of the indices that have writes of these tasks which can't be found yet. */
    public void makeReadable(List<String> indices, Collection<String> tasks) {
        for (Stale index : stale(indices, tasks)) {
            refresh(index.name());
            try {
                redis.opsForHash().put(PREFIX + index.name(), COVERED, String.valueOf(index.count()));
            } catch (DataAccessException e) {
                // The next reader refreshes once more than needed.
                return;
            }
        }
    }

    public void refresh(String index) {
        events.refresh(index);
    }

    private List<Stale> stale(List<String> indices, Collection<String> tasks) {
        List<Object> answers;
        try {
            answers = marks(indices, tasks);
        } catch (DataAccessException e) {
            return indices.stream().map(index -> new Stale(index, 0)).toList();
        }
        List<Stale> stale = new ArrayList<>();
        for (int i = 0; i < indices.size(); i++) {
            List<?> marks = (List<?>) answers.get(i);
            long covered = number(marks.get(1));
            if (marks.stream().skip(2).anyMatch(mark -> number(mark) > covered)) {
                stale.add(new Stale(indices.get(i), number(marks.get(0))));
            }
        }
        return stale;
    }

    @SuppressWarnings("NullAway") // a pipeline's callback has to return null
    private List<Object> marks(List<String> indices, Collection<String> tasks) {
        byte[][] fields = new byte[tasks.size() + 2][];
        fields[0] = bytes(COUNT);
        fields[1] = bytes(COVERED);
        int next = 2;
        for (String task : tasks) {
            fields[next++] = bytes(task);
        }
        return redis.executePipelined((RedisCallback<Object>) connection -> {
            for (String index : indices) {
                connection.hashCommands().hMGet(bytes(PREFIX + index), fields);
            }
            return null;
        });
    }

    private static long number(@Nullable Object mark) {
        return mark == null ? 0 : Long.parseLong(mark.toString());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** @param count the writes counted before the refresh, which it therefore covers */
    private record Stale(String name, long count) {}
}
