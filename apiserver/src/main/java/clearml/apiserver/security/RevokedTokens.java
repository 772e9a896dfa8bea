package clearml.apiserver.security;

import clearml.apiserver.call.TokenSession;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/**
 * Sessions that logged out: the Redis sorted set {@code revoked_tokens} of session id and end of life in epoch seconds,
 * shared with the reference and the other replicas.
 *
 * <p>That a session is not revoked is remembered for a second, since asking Redis on every call costs more than most
 * calls themselves. A logout on this server counts at once, one elsewhere within that second.
 */
@Component
public final class RevokedTokens {

    private static final String KEY = "revoked_tokens";
    private static final Duration TRUSTED = Duration.ofSeconds(1);
    private static final int MOST_SESSIONS = 100_000;

    private final StringRedisTemplate redis;
    private final Tokens tokens;
    private final Cache<String, Boolean> valid = Caffeine.newBuilder()
            .expireAfterWrite(TRUSTED)
            .maximumSize(MOST_SESSIONS)
            .build();

    RevokedTokens(StringRedisTemplate redis, Tokens tokens) {
        this.redis = redis;
        this.tokens = tokens;
    }

    /** Ends a session; does nothing for Basic callers and tokens without session id. */
    public void revoke(TokenSession session) {
        String id = session.id();
        if (id == null) {
            return;
        }
        Instant end = session.expires() == null ? tokens.defaultEnd() : session.expires();
        redis.opsForZSet().add(KEY, id, end.getEpochSecond());
        redis.opsForZSet().removeRangeByScore(KEY, 0, Instant.now().getEpochSecond());
        valid.invalidate(id);
    }

    public boolean isRevoked(TokenSession session) {
        String id = session.id();
        if (id == null || valid.getIfPresent(id) != null) {
            return false;
        }
        if (redis.opsForZSet().score(KEY, id) != null) {
            return true;
        }
        valid.put(id, Boolean.TRUE);
        return false;
    }
}
