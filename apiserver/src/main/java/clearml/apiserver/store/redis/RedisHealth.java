package clearml.apiserver.store.redis;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/** Whether Redis answers: component {@code redis} of the health page. */
@Component("redisHealthIndicator")
class RedisHealth extends AbstractHealthIndicator {

    private final StringRedisTemplate redis;

    RedisHealth(StringRedisTemplate redis) {
        super("Redis does not answer");
        this.redis = redis;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        redis.hasKey("health");
        health.up();
    }
}
