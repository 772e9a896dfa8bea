package clearml.apiserver.store.redis;

import clearml.config.RedisSettings;
import clearml.config.ServerConfig;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.metrics.MicrometerCommandLatencyRecorder;
import io.lettuce.core.metrics.MicrometerOptions;
import io.lettuce.core.resource.ClientResources;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration.WithPassword;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/** The connections to Redis, one for each alias of {@code hosts.redis}. */
@Configuration(proxyBeanMethods = false)
class RedisConfiguration {

    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(5);

    /** The threads of both connections, and how long commands take. */
    @Bean(destroyMethod = "shutdown")
    ClientResources redisResources(MeterRegistry registry) {
        return ClientResources.builder()
                .commandLatencyRecorder(new MicrometerCommandLatencyRecorder(registry, MicrometerOptions.create()))
                .build();
    }

    @Bean
    @Primary
    LettuceConnectionFactory apiserverRedis(ServerConfig config, ClientResources redisResources) {
        return factory(config.redis("apiserver"), redisResources);
    }

    @Bean
    LettuceConnectionFactory workersRedis(ServerConfig config, ClientResources redisResources) {
        return factory(config.redis("workers"), redisResources);
    }

    /** Scrolls, caches, revoked tokens, locks. */
    @Bean
    @Primary
    StringRedisTemplate redis(LettuceConnectionFactory apiserverRedis) {
        return new StringRedisTemplate(apiserverRedis);
    }

    /** Who works where. */
    @Bean
    StringRedisTemplate workersRedisTemplate(LettuceConnectionFactory workersRedis) {
        return new StringRedisTemplate(workersRedis);
    }

    private static LettuceConnectionFactory factory(RedisSettings settings, ClientResources resources) {
        LettuceClientConfiguration client = LettuceClientConfiguration.builder()
                .commandTimeout(COMMAND_TIMEOUT)
                .clientResources(resources)
                .clientOptions(ClientOptions.builder()
                        .socketOptions(SocketOptions.builder()
                                .connectTimeout(COMMAND_TIMEOUT)
                                .keepAlive(true)
                                .build())
                        .build())
                .build();
        return settings.cluster()
                ? new LettuceConnectionFactory(cluster(settings), client)
                : new LettuceConnectionFactory(standalone(settings), client);
    }

    private static RedisStandaloneConfiguration standalone(RedisSettings settings) {
        var redis = new RedisStandaloneConfiguration(settings.host(), settings.port());
        redis.setDatabase(settings.db());
        return authenticated(redis, settings);
    }

    private static RedisClusterConfiguration cluster(RedisSettings settings) {
        var redis = new RedisClusterConfiguration();
        redis.clusterNode(settings.host(), settings.port());
        return authenticated(redis, settings);
    }

    private static <T extends WithPassword> T authenticated(T redis, RedisSettings settings) {
        settings.username().ifPresent(redis::setUsername);
        settings.password().ifPresent(redis::setPassword);
        return redis;
    }
}
