package clearml.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MongoSettingsTest {

    private static MongoSettings with(String... variables) {
        Map<String, String> environment = new HashMap<>(Map.of("CLEARML_CONFIG_DIR", "/nowhere"));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return ServerConfig.load(environment).mongo();
    }

    @Test
    void the_shipped_urls_name_two_databases() {
        assertThat(with())
                .isEqualTo(new MongoSettings(
                        "mongodb://127.0.0.1:27017/backend", "backend", "mongodb://127.0.0.1:27017/auth", "auth"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CLEARML_MONGODB_SERVICE_HOST | mongo | mongodb://mongo:27017/backend",
                "TRAINS_MONGODB_SERVICE_HOST | mongo | mongodb://mongo:27017/backend",
                "MONGODB_SERVICE_HOST | mongo | mongodb://mongo:27017/backend",
                "MONGODB_SERVICE_SERVICE_HOST | mongo | mongodb://mongo:27017/backend",
                "CLEARML_MONGODB_SERVICE_PORT | 27018 | mongodb://127.0.0.1:27018/backend",
                "MONGODB_SERVICE_PORT | tcp://10.0.0.1:27019 | mongodb://127.0.0.1:27019/backend",
                "CLEARML_MONGODB_SERVICE_QUERY | a=b&c=d | mongodb://127.0.0.1:27017/backend?a=b&c=d",
                "CLEARML_MONGODB_SERVICE_USERNAME | a@b c | mongodb://a%40b%20c@127.0.0.1:27017/backend",
                "CLEARML_MONGODB_SERVICE_CONNECTION_STRING | mongodb://x:1 | mongodb://x:1",
            })
    void a_variable_replaces_its_part_of_the_url(String name, String value, String url) {
        assertThat(with(name, value).backendUrl()).isEqualTo(url);
    }

    @Test
    void both_urls_change_and_keep_their_databases() {
        MongoSettings mongo = with(
                "CLEARML_MONGODB_SERVICE_HOST", "m",
                "CLEARML_MONGODB_SERVICE_PORT", "1",
                "CLEARML_MONGODB_SERVICE_USERNAME", "u",
                "CLEARML_MONGODB_SERVICE_PASSWORD", "p:/@");
        assertThat(mongo.backendUrl()).isEqualTo("mongodb://u:p%3A%2F%40@m:1/backend");
        assertThat(mongo.authUrl()).isEqualTo("mongodb://u:p%3A%2F%40@m:1/auth");
    }

    @Test
    void a_connection_string_makes_the_other_variables_void() {
        MongoSettings mongo = with(
                "CLEARML_MONGODB_SERVICE_CONNECTION_STRING", "mongodb://a:1,b:2",
                "CLEARML_MONGODB_SERVICE_HOST", "c");
        assertThat(mongo).isEqualTo(new MongoSettings("mongodb://a:1,b:2", "backend", "mongodb://a:1,b:2", "auth"));
    }

    @Test
    void a_connection_string_with_a_path_puts_both_databases_into_one() {
        MongoSettings mongo = with("CLEARML_MONGODB_SERVICE_CONNECTION_STRING", "mongodb://a/one?x=y");
        assertThat(mongo.backendDatabase()).isEqualTo("one");
        assertThat(mongo.authDatabase()).isEqualTo("one");
    }

    @Test
    void every_host_of_a_list_gets_the_port_and_a_service_record_none() {
        assertThat(with(
                                "CLEARML__hosts__mongo__backend__host",
                                "mongodb://a:1,b/x",
                                "CLEARML_MONGODB_SERVICE_PORT",
                                "9")
                        .backendUrl())
                .isEqualTo("mongodb://a:9,b:9/x");
        assertThat(with("CLEARML__hosts__mongo__auth__host", "mongodb+srv://a/x", "CLEARML_MONGODB_SERVICE_PORT", "9")
                        .authUrl())
                .isEqualTo("mongodb+srv://a/x");
    }

    @Test
    void a_wrong_url_or_port_is_named() {
        assertThatThrownBy(() -> with("CLEARML_MONGODB_SERVICE_CONNECTION_STRING", "http://x"))
                .hasMessageContaining("CLEARML_MONGODB_SERVICE_CONNECTION_STRING");
        assertThatThrownBy(() -> with("CLEARML_MONGODB_SERVICE_PORT", "many"))
                .hasMessageContaining("CLEARML_MONGODB_SERVICE_PORT: expected a port, not \"many\"");
    }
}
