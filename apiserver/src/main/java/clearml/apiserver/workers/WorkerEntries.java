package clearml.apiserver.workers;

import clearml.config.ServerConfig;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * The workers in Redis: an entry {@code worker_<company>_<user>_<worker>} with JSON, gone when nothing is heard of the
 * worker for its time; and sorted sets of the keys, scored with the time (epoch s) when the entry will be gone:
 * {@code workers_<company>} with all, and one for each tag.
 */
@Component
public class WorkerEntries {

    /** The sets of keys by tag. */
    enum TagKind {
        TAGS("workers.tags_"),
        SYSTEM_TAGS("workers.systemtags_");

        private final String prefix;

        TagKind(String prefix) {
            this.prefix = prefix;
        }
    }

    /** An entry as it was read; {@code worker} is null when it cannot be understood. */
    record Stored(String key, String text, @Nullable Worker worker) {}

    private static final Logger LOG = LoggerFactory.getLogger(WorkerEntries.class);

    /**
     * Writes an entry and names it in the sets, in one step; if it is to replace one, only while that is what was read: a
     * late report must not bring back who has unregistered.
     */
    private static final RedisScript<Long> WRITE = RedisScript.of("""
            if ARGV[1] ~= '' and redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
            redis.call('SETEX', KEYS[1], ARGV[2], ARGV[3])
            for i = 2, #KEYS do redis.call('ZADD', KEYS[i], ARGV[4], KEYS[1]) end
            return 1
            """, Long.class);

    /** Other servers' clocks may differ, so keys are dropped from the set of all only when they are long over. */
    private static final Duration SURELY_OVER = Duration.ofDays(1);

    /** Characters. */
    private static final long MOST_REMEMBERED = 16_000_000;

    private final StringRedisTemplate redis;

    /**
     * What this server has written last: a worker mostly reports through the same one, which need not read the entry again,
     * as it is replaced only if it still is that.
     */
    private final Cache<String, Stored> written = Caffeine.newBuilder()
            .maximumWeight(MOST_REMEMBERED)
            .weigher((String key, Stored entry) -> entry.text().length())
            .build();

    /** The keys of a script have to be on one node. */
    private final boolean severalNodes;

    WorkerEntries(@Qualifier("workersRedisTemplate") StringRedisTemplate redis, ServerConfig config) {
        this.redis = redis;
        this.severalNodes = config.redis("workers").cluster();
    }

    static String key(String company, String user, String worker) {
        return prefix(company) + user + "_" + worker;
    }

    static String prefix(String company) {
        return "worker_" + company + "_";
    }

    private static String all(String company) {
        return "workers_" + company;
    }

    @Nullable
    Stored find(String key) {
        String text = redis.opsForValue().get(key);
        return text == null ? null : new Stored(key, text, read(key, text));
    }

    /** The entry as this server has written it, or as it is. */
    @Nullable
    Stored lastKnown(String key) {
        Stored last = written.getIfPresent(key);
        return last == null ? find(key) : last;
    }

    /** Whether it was only known from {@link #lastKnown}, and nobody has removed it through this server since. */
    boolean wasRemembered(Stored entry) {
        return written.asMap().remove(entry.key(), entry);
    }

    /** Writes an entry, whatever is there. */
    Stored put(Worker worker) {
        Stored entry = new Stored(worker.key(), WorkerJson.text(worker), worker);
        write("", entry, worker);
        return entry;
    }

    /** Writes an entry if it is still what was read; whether it was. */
    boolean replace(Stored before, Worker after) {
        return write(before.text(), new Stored(after.key(), WorkerJson.text(after), after), after);
    }

    private boolean write(String before, Stored entry, Worker worker) {
        String over = String.valueOf(now() + worker.registerTimeout());
        List<String> keys = new ArrayList<>(List.of(worker.key()));
        if (!severalNodes) {
            keys.addAll(sets(worker));
        }
        Long done = redis.execute(WRITE, keys, before, String.valueOf(worker.registerTimeout()), entry.text(), over);
        if (done == null || done == 0) {
            return false;
        }
        written.put(entry.key(), entry);
        if (severalNodes) {
            sets(worker).forEach(set -> redis.opsForZSet().add(set, worker.key(), Double.parseDouble(over)));
        }
        return true;
    }

    /** Whether there was one. The sets may go on to name it. */
    boolean remove(String key) {
        written.invalidate(key);
        return Boolean.TRUE.equals(redis.delete(key));
    }

    /** The sets that name a worker. */
    private static Set<String> sets(Worker worker) {
        String company = worker.company().id();
        Set<String> sets = new LinkedHashSet<>(Set.of(all(company)));
        worker.tags().forEach(tag -> sets.add(set(TagKind.TAGS, company, tag)));
        worker.systemTags().forEach(tag -> sets.add(set(TagKind.SYSTEM_TAGS, company, tag)));
        return sets;
    }

    private static String set(TagKind kind, String company, String tag) {
        return kind.prefix + company + "_" + tag;
    }

    /** The workers of a company that are known now, by key. An entry that cannot be understood hides no other. */
    public List<Worker> of(String company) {
        Set<String> keys = keys(company);
        List<Worker> found = read(keys);
        if (found.size() < keys.size()) {
            dropBefore(all(company), now() - SURELY_OVER.toSeconds());
        }
        return found;
    }

    /** The keys of all workers of a company, and of some that are gone. */
    Set<String> keys(String company) {
        Set<String> keys = redis.opsForZSet().range(all(company), 0, -1);
        return keys == null ? Set.of() : keys;
    }

    /** The keys of the workers that lately had any of the tags. */
    Set<String> tagged(String company, TagKind kind, Collection<String> tags) {
        Set<String> keys = new HashSet<>();
        for (String tag : new HashSet<>(tags)) {
            String set = set(kind, company, tag);
            double now = now();
            Set<String> members = redis.opsForZSet().rangeByScore(set, now, Double.MAX_VALUE);
            if (members != null) {
                keys.addAll(members);
            }
            dropBefore(set, now);
        }
        return keys;
    }

    /** Those of the keys whose workers are known now, by key. */
    List<Worker> read(Collection<String> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        List<String> sorted = new ArrayList<>(new TreeSet<>(keys));
        List<@Nullable String> texts = redis.opsForValue().multiGet(sorted);
        List<Worker> found = new ArrayList<>();
        for (int i = 0; texts != null && i < texts.size(); i++) {
            String text = texts.get(i);
            Worker worker = text == null ? null : read(sorted.get(i), text);
            if (worker != null) {
                found.add(worker);
            }
        }
        return found;
    }

    private static @Nullable Worker read(String key, String text) {
        try {
            return WorkerJson.read(key, text);
        } catch (RuntimeException e) {
            LOG.warn("The entry {} is not that of a worker: {}", key, e.getMessage());
            return null;
        }
    }

    /** Drops the keys of workers that are gone from all sets; how many. Scans the keys of the database. */
    long removeExpired() {
        long dropped = 0;
        ScanOptions sets =
                ScanOptions.scanOptions().match("workers*_*").count(1000).build();
        try (Cursor<String> found = redis.scan(sets)) {
            while (found.hasNext()) {
                String set = found.next();
                boolean ofTag = Stream.of(TagKind.values()).anyMatch(kind -> set.startsWith(kind.prefix));
                dropped += dropBefore(set, ofTag ? now() : now() - SURELY_OVER.toSeconds());
            }
        }
        return dropped;
    }

    private long dropBefore(String set, double score) {
        Long dropped = redis.opsForZSet().removeRangeByScore(set, 0, score);
        return dropped == null ? 0 : dropped;
    }

    private static double now() {
        return System.currentTimeMillis() / 1000.0;
    }
}
