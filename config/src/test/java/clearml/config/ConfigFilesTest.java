package clearml.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFilesTest {

    @TempDir
    private Path folder;

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private ServerConfig load(String... variables) {
        Map<String, String> environment = new HashMap<>(Map.of("CLEARML_CONFIG_DIR", folder.toString()));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return ServerConfig.load(environment);
    }

    @Test
    void the_path_of_a_file_is_its_key() throws IOException {
        write("services.conf", "tasks { \"multi_task_histogram_limit\": 7, max_last_metrics: 1 }");
        write("services/tasks.conf", "max_last_metrics = 2");
        write("deep/er/still.conf", "a.b: c");
        write("ignored.txt", "{{{");
        ServerConfig config = load();
        assertThat(config.integer("services.tasks.multi_task_histogram_limit")).isEqualTo(7);
        assertThat(config.integer("services.tasks.max_last_metrics")).isEqualTo(2);
        assertThat(config.integer("services.tasks.async_events_delete_threshold"))
                .isEqualTo(100_000);
        assertThat(config.string("deep.er.still.a.b")).isEqualTo("c");
    }

    @Test
    void hidden_copies_of_mounted_files_are_skipped() throws IOException {
        write("..2026_01_01/hosts.conf", "fileserver: http://real");
        write("..data/apiserver.conf", "{{{ not read");
        Files.createSymbolicLink(folder.resolve("hosts.conf"), Path.of("..2026_01_01/hosts.conf"));
        assertThat(load().string("hosts.fileserver")).isEqualTo("http://real");
    }

    @Test
    void a_loop_of_links_is_not_followed() throws IOException {
        write("sub/hosts.conf", "a: 1");
        Files.createSymbolicLink(folder.resolve("sub/again"), folder);
        assertThat(load().integer("sub.hosts.a")).isEqualTo(1);
    }

    @Test
    void later_directories_win_and_variables_are_expanded() throws IOException {
        write("one/hosts.conf", "fileserver: http://one, only: one");
        write("two/hosts.conf", "fileserver: http://two");
        String path = String.join(File.pathSeparator, "$BASE/one", "", "/nowhere", "~/two");
        ServerConfig config = load("CLEARML_CONFIG_DIR", path, "BASE", folder.toString(), "HOME", folder.toString());
        assertThat(config.string("hosts.fileserver")).isEqualTo("http://two");
        assertThat(config.string("hosts.only")).isEqualTo("one");
    }

    @Test
    void the_old_variable_counts_where_the_new_one_is_empty() throws IOException {
        write("hosts.conf", "fileserver: http://old");
        assertThat(load("CLEARML_CONFIG_DIR", "", "TRAINS_CONFIG_DIR", folder.toString())
                        .string("hosts.fileserver"))
                .isEqualTo("http://old");
    }

    @Test
    void the_usual_directories_are_the_default() {
        assertThat(new ConfigLoader(new Environment(Map.of())).directories())
                .containsExactly(Path.of("/opt/trains/config"), Path.of("/opt/clearml/config"));
    }

    @Test
    void files_are_as_tolerant_as_variables() throws IOException {
        write("hosts.conf", """
                # a comment
                fileserver: http://files:8081   # another
                api_server = https://api.example.com/x?y=z // a third
                plain: abc//def
                list: [http://a:1, "b"
                  c d
                ]
                nested { key.with.dots: 1, "quoted key": 2, }
                nested.more: 3
                nested.key { with { another: 4 } }
                regex: "^\\d+$"
                joined: ${?NOT_SET}http://${NAME}:80
                self: ${plain}/x
                text: \"""two
                lines: here\"""
                empty: ""
                list2: [{a: b:c}, {a: 1}
                ]
                """);
        ServerConfig config = load("NAME", "n");
        assertThat(config.string("hosts.fileserver")).isEqualTo("http://files:8081");
        assertThat(config.string("hosts.api_server")).isEqualTo("https://api.example.com/x?y=z");
        assertThat(config.string("hosts.plain")).isEqualTo("abc//def");
        assertThat(config.strings("hosts.list")).containsExactly("http://a:1", "b", "c d");
        assertThat(config.object("hosts.nested"))
                .isEqualTo(Map.of("key", Map.of("with", Map.of("dots", 1, "another", 4)), "quoted key", 2, "more", 3));
        assertThat(config.string("hosts.regex")).isEqualTo("^\\d+$");
        assertThat(config.string("hosts.joined")).isEqualTo("http://n:80");
        assertThat(config.string("hosts.self")).isEqualTo("abc//def/x");
        assertThat(config.string("hosts.text")).isEqualTo("two\nlines: here");
        assertThat(config.objects("hosts.list2")).isEqualTo(List.of(Map.of("a", "b:c"), Map.of("a", 1)));
        assertThat(config.has("hosts.NAME")).isFalse();
    }

    @Test
    void a_minus_replaces_an_object() throws IOException {
        write("logging.conf", "\"-handlers\": { console { level: DEBUG } }");
        assertThat(load().object("logging.handlers")).isEqualTo(Map.of("console", Map.of("level", "DEBUG")));
    }

    @Test
    void a_broken_file_stops_the_start_and_is_named_with_the_line() throws IOException {
        write("secure.conf", "auth {\n  token_secret: x\n");
        assertThatThrownBy(this::load)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("secure.conf")
                .hasMessageContaining(": 3");
    }

    @Test
    void a_wrong_value_names_file_line_and_key() throws IOException {
        write("apiserver.conf", "\nlisten {\n  port: [1]\n}");
        ServerConfig config = load();
        assertThatThrownBy(() -> config.integer("apiserver.listen.port"))
                .hasMessageContaining("apiserver.conf: 3: apiserver.listen.port: expected an integer, not [1]");
    }

    @Test
    void text_that_is_not_utf8_is_refused() throws IOException {
        Files.write(folder.resolve("hosts.conf"), new byte[] {'a', ':', (byte) 0xff, '\n'});
        assertThatThrownBy(this::load).hasMessageContaining("hosts.conf").hasMessageContaining("UTF-8");
    }

    @Test
    void variables_win_over_files() throws IOException {
        write("hosts.conf", "fileserver: http://file");
        assertThat(load("CLEARML__HOSTS__FILESERVER", "http://env").string("hosts.fileserver"))
                .isEqualTo("http://env");
    }
}
