package clearml.apiserver.query;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Scrolls in Redis, under the reference's keys, so that both servers can go on with one. */
public final class RedisScrollStates implements ScrollStates {

    private static final String PREFIX = "<class 'apiserver.database.model.base.GetMixin.GetManyScrollState'>/";
    private static final Pattern POSITION = Pattern.compile("\"position\"\\s*:\\s*(\\d{1,9})\\b");

    private final StringRedisTemplate redis;
    private final Duration lifetime;

    /**
     * @param lifetime after the last call of a scroll
     */
    public RedisScrollStates(StringRedisTemplate redis, Duration lifetime) {
        this.redis = redis;
        this.lifetime = lifetime;
    }

    @Override
    public OptionalInt position(String scrollId) {
        String state = redis.opsForValue().get(PREFIX + scrollId);
        Matcher position = POSITION.matcher(state == null ? "" : state);
        return position.find() ? OptionalInt.of(Integer.parseInt(position.group(1))) : OptionalInt.empty();
    }

    @Override
    public void remember(String scrollId, int position) {
        redis.opsForValue()
                .set(PREFIX + scrollId, "{\"_id\": \"" + scrollId + "\", \"position\": " + position + "}", lifetime);
    }
}
