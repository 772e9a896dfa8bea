package clearml.apiserver.serving;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/**
 * The containers in Redis: an entry {@code serving_container_<company>_<container>} with JSON, gone when nothing is heard
 * of the container for its time; and for each URL a sorted set {@code serving_url_<company>_<url>} of the keys, scored
 * with the time (epoch s) when the entry will be gone. Containers that load are in the set of the URL {@code None}.
 */
@Component
class ContainerEntries {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerEntries.class);
    private static final String LOADING = "None";
    private static final long SHORTEST_SET_SEC = 3_600;

    private final StringRedisTemplate redis;

    ContainerEntries(@Qualifier("workersRedisTemplate") StringRedisTemplate redis) {
        this.redis = redis;
    }

    private static String prefix(String company) {
        return "serving_container_" + company + "_";
    }

    private static String key(String company, String container) {
        return prefix(company) + container;
    }

    private static String set(String company, @Nullable String url) {
        return "serving_url_" + company + "_" + (url == null ? LOADING : url);
    }

    @Nullable
    Container find(String company, String id) {
        String key = key(company, id);
        String text = redis.opsForValue().get(key);
        return text == null ? null : read(key, text);
    }

    void put(Container container) {
        String key = key(container.company(), container.id());
        redis.opsForValue().set(key, container.text(key), Duration.ofSeconds(container.registerTimeout()));
        String set = set(container.company(), container.report().url());
        redis.opsForZSet().add(set, key, now() + container.registerTimeout());
        redis.expire(set, Duration.ofSeconds(Math.max(SHORTEST_SET_SEC, container.registerTimeout())));
    }

    void remove(Container container) {
        String key = key(container.company(), container.id());
        redis.opsForZSet().remove(set(container.company(), container.report().url()), key);
        redis.delete(key);
    }

    /** All containers of a company, by key. */
    List<Container> of(String company) {
        Set<String> keys = new TreeSet<>();
        ScanOptions all = ScanOptions.scanOptions()
                .match(prefix(company) + "*")
                .count(1000)
                .build();
        try (Cursor<String> found = redis.scan(all)) {
            found.forEachRemaining(keys::add);
        }
        return read(keys);
    }

    /**
     * The containers that serve at a URL, by key; those that serve elsewhere by now leave its set.
     *
     * @param url null for the containers that load
     */
    List<Container> at(String company, @Nullable String url) {
        String set = set(company, url);
        redis.opsForZSet().removeRangeByScore(set, 0, now());
        Set<String> members = redis.opsForZSet().range(set, 0, -1);
        if (members == null || members.isEmpty()) {
            return List.of();
        }
        List<Container> there = read(members).stream()
                .filter(container -> Objects.equals(container.report().url(), url))
                .toList();
        Set<String> left = new TreeSet<>(members);
        there.forEach(container -> left.remove(key(company, container.id())));
        if (!left.isEmpty()) {
            redis.opsForZSet().remove(set, left.toArray());
        }
        return there;
    }

    private List<Container> read(Collection<String> keys) {
        List<String> sorted = new ArrayList<>(new TreeSet<>(keys));
        List<@Nullable String> texts =
                sorted.isEmpty() ? null : redis.opsForValue().multiGet(sorted);
        List<Container> found = new ArrayList<>();
        for (int i = 0; texts != null && i < texts.size(); i++) {
            String text = texts.get(i);
            Container container = text == null ? null : read(sorted.get(i), text);
            if (container != null) {
                found.add(container);
            }
        }
        return found;
    }

    /** An entry that cannot be understood hides no other. */
    private static @Nullable Container read(String key, String text) {
        try {
            return Container.read(text);
        } catch (RuntimeException e) {
            LOG.warn("The entry {} is not that of a container: {}", key, e.getMessage());
            return null;
        }
    }

    private static double now() {
        return System.currentTimeMillis() / 1000.0;
    }
}
