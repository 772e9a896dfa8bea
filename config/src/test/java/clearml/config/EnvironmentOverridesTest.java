package clearml.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentOverridesTest {

    private static ServerConfig with(String... variables) {
        Map<String, String> environment = new HashMap<>(Map.of("CLEARML_CONFIG_DIR", "/nowhere"));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return ServerConfig.load(environment);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "http://host:8081 | http://host:8081",
                "mongodb://h:27017/backend | mongodb://h:27017/backend",
                "mongodb://u:p@h:1,h2:2/b?a=b&c=d | mongodb://u:p@h:1,h2:2/b?a=b&c=d",
                "/opt/clearml/db-pre-populate | /opt/clearml/db-pre-populate",
                "\"quoted\" | quoted",
                "two words | two words",
                "None | None",
                "yes | yes",
                "0123 | 0123",
                "2e5 | 2e5",
                "abc#def | abc",
                "abc//def | abc//def",
                "pa$$w0rd | pa$$w0rd",
                "x=y | x=y",
                "a,b | a,b",
                "a@b?c&d*e^f!g`h\\i+j | a@b?c&d*e^f!g`h\\i+j",
                "${HOME_OF_TEST} | /home/test",
                "http://${HOME_OF_TEST}:80 | http:///home/test:80",
                "${NOT_SET} | ${NOT_SET}",
                "Rq8FW84sSqVgq7WvBB_4EzNl9y8z8IGiDXX3C345_a5AZfcwZcwCIA | Rq8FW84sSqVgq7WvBB_4EzNl9y8z8IGiDXX3C345_a5AZfcwZcwCIA",
                "§§ | §§"
            })
    void text_is_read_as_installations_write_it(String value, String read) {
        assertThat(with("CLEARML__X__Y", value, "HOME_OF_TEST", "/home/test").string("x.y"))
                .isEqualTo(read);
    }

    @Test
    void values_have_the_types_of_hocon() {
        assertThat(with("CLEARML__X", "true").bool("x")).isTrue();
        assertThat(with("CLEARML__X", "\"true\"").bool("x")).isTrue();
        assertThat(with("CLEARML__X", "").bool("x")).isFalse();
        assertThat(with("CLEARML__X", "5").integer("x")).isEqualTo(5);
        assertThat(with("CLEARML__X", "007").integer("x")).isEqualTo(7);
        assertThat(with("CLEARML__X", "1e5").decimal("x")).isEqualTo(100_000);
        assertThat(with("CLEARML__X", "99999999999").longInteger("x")).isEqualTo(99_999_999_999L);
        assertThat(with("CLEARML__X", "10s").duration("x")).isEqualTo(Duration.ofSeconds(10));
        assertThat(with("CLEARML__X", "5 minutes").duration("x")).isEqualTo(Duration.ofMinutes(5));
        assertThat(with("CLEARML__X", "2.5").duration("x")).isEqualTo(Duration.ofMillis(2500));
        assertThat(with("CLEARML__X", "null").has("x")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[http://1.2.3.4:8081] | http://1.2.3.4:8081",
                "[ clearml-token-k8s ] | clearml-token-k8s",
                "[\"https://f\"] | https://f",
                "[] | ''",
                "[http://a:1, http://b:2,] | http://a:1;http://b:2",
                "single | single"
            })
    void lists_hold_unquoted_urls(String value, String joined) {
        assertThat(String.join(";", with("CLEARML__X", value).strings("x"))).isEqualTo(joined);
    }

    @Test
    void names_become_lower_case_paths_from_left_to_right() {
        ServerConfig config = with(
                "CLEARML__services___elastic__mappings__events__number_of_replicas", "2",
                "CLEARML__APISERVER__AUTH__FIXED_USERS__ENABLED", "true");
        assertThat(config.integer("services._elastic.mappings.events.number_of_replicas"))
                .isEqualTo(2);
        assertThat(config.bool("apiserver.auth.fixed_users.enabled")).isTrue();
    }

    @Test
    void clearml_wins_over_trains_and_later_names_over_earlier_ones() {
        ServerConfig config = with(
                "TRAINS__hosts__fileserver",
                "http://trains",
                "CLEARML__hosts__fileserver",
                "http://clearml",
                "CLEARML__a",
                "{b: 1, c: 1}",
                "CLEARML__a__b",
                "2");
        assertThat(config.string("hosts.fileserver")).isEqualTo("http://clearml");
        assertThat(config.object("a")).isEqualTo(Map.of("b", 2, "c", 1));
    }

    @Test
    void objects_merge_unless_their_key_starts_with_a_minus() {
        assertThat(with("CLEARML__apiserver__listen", "{port: 9}").object("apiserver.listen"))
                .isEqualTo(Map.of("ip", "0.0.0.0", "port", 9));
        assertThat(with("CLEARML__apiserver", "{\"-listen\": {port: 9}}").object("apiserver.listen"))
                .isEqualTo(Map.of("port", 9));
    }

    @Test
    void lists_of_objects_replace_the_shipped_ones() {
        ServerConfig config = with(
                "CLEARML__HOSTS__ELASTIC__EVENTS__HOSTS", "[{\"host\":\"es\",\"port\":9201,\"scheme\":\"https\"}]");
        assertThat(config.elastic("events").hosts()).isEqualTo(List.of(new ElasticSettings.Host("https", "es", 9201)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{enabled:true, users:[", "[a, b", "[1] , [2]", "{a:1}}"})
    void a_broken_object_or_list_stops_the_start_and_names_the_variable(String value) {
        assertThatThrownBy(() -> with("CLEARML__apiserver__auth__fixed_users", value))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("environment variable CLEARML__apiserver__auth__fixed_users");
    }

    @Test
    void a_wrong_value_names_variable_key_and_reason() {
        ServerConfig config = with("CLEARML__apiserver__listen__port", "eight");
        assertThatThrownBy(() -> config.integer("apiserver.listen.port"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("environment variable CLEARML__apiserver__listen__port")
                .hasMessageContaining("apiserver.listen.port: expected an integer, not \"eight\"");
    }

    @Test
    void a_wrong_secret_is_not_shown() {
        ServerConfig config = with("CLEARML__secure__auth__token_secret", "[hidden]");
        assertThatThrownBy(() -> config.string("secure.auth.token_secret")).hasMessageNotContaining("hidden");
    }

    @Test
    void an_empty_default_company_means_the_shipped_one() {
        assertThat(with("CLEARML__apiserver__default_company", "").defaultCompany())
                .isEqualTo("d1bd92a3b039400cbafc60a7a5b1e52b");
        assertThat(with("CLEARML__apiserver__default_company", "mine").defaultCompany())
                .isEqualTo("mine");
    }

    @Test
    void overrides_of_the_program_win_and_leave_the_former_configuration_alone() {
        ServerConfig config = with("CLEARML__apiserver__listen__port", "1");
        ServerConfig changed = config.with(Map.of("apiserver.listen.port", 2, "a.b", List.of("c")));
        assertThat(changed.integer("apiserver.listen.port")).isEqualTo(2);
        assertThat(changed.strings("a.b")).containsExactly("c");
        assertThat(config.integer("apiserver.listen.port")).isEqualTo(1);
    }
}
