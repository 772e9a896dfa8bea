package clearml.apiserver.store.elastic;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * Makes what was written readable without refreshing at every write: remembers in Redis, so that every replica knows,
 * which index has writes for which task that no refresh has covered, and refreshes before a read that needs them.
 *
 * <p>Each index has a hash {@code events_unrefreshed:<index>}: {@code #} counts its writes, {@code =} is the count that the
 * last refresh covered. Every task that was written lately has the count of its last write in {@code
 * events_unrefreshed:<index>:<task>}.
 */
@Component
public class UnrefreshedWrites {

    private static final String PREFIX = "events_unrefreshed:";
    private static final String COUNT = "#";
    private static final String COVERED = "=";

    /** Elasticsearch refreshes by itself after a second, or at the first search; this only bounds the memory used. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private static final RedisScript<Long> WRITTEN = RedisScript.of("""
            local count = redis.call('HINCRBY', KEYS[1], '#', 1)
            redis.call('EXPIRE', KEYS[1], ARGV[1])
            for i = 2, #KEYS do redis.call('SET', KEYS[i], count, 'EX', ARGV[1]) end
            return count""", Long.class);

    /** Not where the counts began anew meanwhile, and never back. */
    private static final RedisScript<Long> REFRESHED = RedisScript.of("""
            local counts = redis.call('HMGET', KEYS[1], '#', '=')
            local covered = tonumber(ARGV[1])
            if tonumber(counts[1] or 0) < covered or tonumber(counts[2] or 0) >= covered then return 0 end
            return redis.call('HSET', KEYS[1], '=', ARGV[1])""", Long.class);

    private final ElasticCluster events;
    private final StringRedisTemplate redis;

    UnrefreshedWrites(ElasticCluster eventsCluster, StringRedisTemplate redis) {
        this.events = eventsCluster;
        this.redis = redis;
    }

    /** Must be called after the write and before its acknowledgement. */
    public void written(String index, Collection<String> tasks) {
        try {
            List<String> keys = new ArrayList<>(List.of(PREFIX + index));
            tasks.forEach(task -> keys.add(mark(index, task)));
            redis.execute(WRITTEN, keys, String.valueOf(KEPT.toSeconds()));
        } catch (DataAccessException e) {
            refresh(index);
        }
    }

    private static String mark(String index, String task) {
        return PREFIX + index + ":" + task;
    }

    /** Refreshes those of the indices that have writes of these tasks which can't be found yet. */
    public void makeReadable(List<String> indices, Collection<String> tasks) {
        for (Stale index : stale(indices, tasks)) {
            refresh(index.name());
            try {
                redis.execute(REFRESHED, List.of(PREFIX + index.name()), String.valueOf(index.count()));
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
        if (tasks.isEmpty()) {
            return List.of();
        }
        List<Object> answers;
        try {
            answers = marks(indices, tasks);
        } catch (DataAccessException e) {
            return indices.stream().map(index -> new Stale(index, 0)).toList();
        }
        List<Stale> stale = new ArrayList<>();
        for (int i = 0; i < indices.size(); i++) {
            List<?> counts = (List<?>) answers.get(2 * i);
            List<?> marks = (List<?>) answers.get(2 * i + 1);
            long covered = number(counts.get(1));
            if (marks.stream().anyMatch(mark -> number(mark) > covered)) {
                stale.add(new Stale(indices.get(i), number(counts.get(0))));
            }
        }
        return stale;
    }

    /** For each index the two counts, and the marks of the tasks. */
    @SuppressWarnings("NullAway") // a pipeline's callback has to return null
    private List<Object> marks(List<String> indices, Collection<String> tasks) {
        return redis.executePipelined((RedisCallback<Object>) connection -> {
            for (String index : indices) {
                connection.hashCommands().hMGet(bytes(PREFIX + index), bytes(COUNT), bytes(COVERED));
                connection
                        .stringCommands()
                        .mGet(tasks.stream()
                                .map(task -> bytes(mark(index, task)))
                                .toArray(byte[][]::new));
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
