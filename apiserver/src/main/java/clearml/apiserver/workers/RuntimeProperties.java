package clearml.apiserver.workers;

import clearml.apiserver.call.BodyReader;
import clearml.apiserver.call.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.data.redis.core.HashOperations;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/**
 * What workers, and those who steer them, note about them: the hash {@code worker.properties_<company>_<worker>} in Redis,
 * by property. A worker need not be registered for it.
 */
@Component
class RuntimeProperties {

    private static final String VALUE = "value";
    private static final String EXPIRES = "expires_ms";

    private final HashOperations<String, String, String> hashes;

    RuntimeProperties(@Qualifier("workersRedisTemplate") StringRedisTemplate redis) {
        hashes = redis.opsForHash();
    }

    /**
     * @param expiry for how long, in s: null for ever, 0 or less removes the property
     */
    void set(String company, String worker, String property, String value, @Nullable Long expiry) {
        if (expiry != null && expiry <= 0) {
            hashes.delete(key(company, worker), property);
            return;
        }
        Map<String, Object> entry = new TreeMap<>();
        entry.put(VALUE, value);
        if (expiry != null) {
            entry.put(EXPIRES, System.currentTimeMillis() + Math.multiplyExact(expiry, 1000L));
        }
        hashes.put(key(company, worker), property, JsonText.of(entry));
    }

    /** Properties that have not expired, by name: {@code {"key", "value", "expiry"}} each; see the endpoint. */
    List<Map<String, @Nullable Object>> of(String company, String worker) {
        String key = key(company, worker);
        List<Map<String, @Nullable Object>> properties = new ArrayList<>();
        List<Object> expired = new ArrayList<>();
        new TreeMap<>(hashes.entries(key)).forEach((property, text) -> {
            Map<String, @Nullable Object> found = found(property, text);
            if (found == null) {
                expired.add(property);
            } else {
                properties.add(found);
            }
        });
        if (!expired.isEmpty()) {
            hashes.delete(key, expired.toArray());
        }
        return properties;
    }

    /** Null when the property has expired. */
    private static @Nullable Map<String, @Nullable Object> found(String property, String text) {
        if (!(BodyReader.read(text) instanceof Map<?, ?> entry)) {
            return null;
        }
        Map<String, @Nullable Object> found = new LinkedHashMap<>();
        found.put("key", property);
        found.put(VALUE, String.valueOf(entry.get(VALUE)));
        // The agent reads it of the property "force", and ends when the member is missing.
        found.put("expiry", null);
        if (entry.get(EXPIRES) instanceof Number expires) {
            long left = expires.longValue() - System.currentTimeMillis();
            if (left <= 0) {
                return null;
            }
            found.put("expiry", (left + 999) / 1000);
        }
        return found;
    }

    private static String key(String company, String worker) {
        return "worker.properties_" + company + "_" + worker;
    }
}
