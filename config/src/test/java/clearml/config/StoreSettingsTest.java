package clearml.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreSettingsTest {

    private static ServerConfig with(String... variables) {
        Map<String, String> environment = new HashMap<>(Map.of("CLEARML_CONFIG_DIR", "/nowhere"));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return ServerConfig.load(environment);
    }

    @Test
    void redis_has_a_database_for_each_purpose() {
        ServerConfig config = with();
        assertThat(config.redis("apiserver").db()).isZero();
        assertThat(config.redis("workers").db()).isEqualTo(4);
        assertThat(config.redis("fileserver").db()).isEqualTo(8);
        assertThat(config.redis("fileserver").host()).isEqualTo("redis");
        assertThat(config.redis("apiserver").host()).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CLEARML_REDIS_SERVICE_", "TRAINS_REDIS_SERVICE_", "REDIS_SERVICE_"})
    void redis_variables_hold_for_every_alias(String prefix) {
        ServerConfig config = with(prefix + "HOST", "r", prefix + "PORT", "1", prefix + "PASSWORD", "p");
        for (String alias : new String[] {"apiserver", "workers", "fileserver"}) {
            RedisSettings redis = config.redis(alias);
            assertThat(redis.host()).isEqualTo("r");
            assertThat(redis.port()).isEqualTo(1);
            assertThat(redis.password()).contains("p");
            assertThat(redis.toString()).doesNotContain("p]").startsWith("RedisSettings[r:1/");
        }
    }

    @Test
    void a_redis_cluster_has_no_database_number_and_other_members_stay() {
        ServerConfig config = with(
                "CLEARML__hosts__redis__workers", "{cluster: true, ssl: true, username: u}",
                "CLEARML__secure__redis__workers__password", "secret");
        assertThat(config.redis("workers"))
                .isEqualTo(new RedisSettings(
                        "127.0.0.1", 6379, 0, true, Optional.of("u"), Optional.of("secret"), Map.of("ssl", true)));
        assertThat(config.redis("apiserver").password()).isEmpty();
    }

    @Test
    void elasticsearch_has_the_clusters_of_the_configuration() {
        ServerConfig config = with(
                "CLEARML__HOSTS__ELASTIC__LOGS__HOSTS", "[{\"host\":\"es\",\"port\":9200,\"scheme\":\"\"}]",
                "CLEARML__hosts__elastic__events__args__timeout", "90");
        assertThat(config.elasticClusters()).containsExactly("events", "logs", "workers");
        assertThat(config.elastic("logs").hosts()).containsExactly(new ElasticSettings.Host("http", "es", 9200));
        assertThat(config.elastic("logs").timeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.elastic("events").timeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(config.elastic("events").args()).containsEntry("max_retries", 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CLEARML_ELASTIC_SERVICE_HOST",
                "TRAINS_ELASTIC_SERVICE_HOST",
                "ELASTIC_SERVICE_HOST",
                "ELASTIC_SERVICE_SERVICE_HOST"
            })
    void elasticsearch_variables_change_every_host_and_keep_the_scheme(String name) {
        ServerConfig config = with(
                name,
                "elasticsearch",
                "CLEARML_ELASTIC_SERVICE_PORT",
                "9201",
                "CLEARML__hosts__elastic__workers__hosts",
                "[{host: a, scheme: https}, \"http://b:1\"]");
        assertThat(config.elastic("workers").hosts())
                .containsExactly(
                        new ElasticSettings.Host("https", "elasticsearch", 9201),
                        new ElasticSettings.Host("http", "elasticsearch", 9201));
    }

    @Test
    void elasticsearch_credentials_come_from_variables_or_files_and_a_cluster_may_do_without() {
        ServerConfig config = with(
                "CLEARML__secure__elastic__user", "u",
                "CLEARML_ELASTIC_SERVICE_PASSWORD", "p",
                "CLEARML__hosts__elastic__workers__secure", "false");
        assertThat(config.elastic("events").credentials()).contains(new ElasticSettings.Credentials("u", "p"));
        assertThat(config.elastic("workers").credentials()).isEmpty();
        assertThatThrownBy(() -> with("CLEARML_ELASTIC_SERVICE_USERNAME", "u").elastic("events"))
                .hasMessageContaining("secure.elastic.password");
    }
}
