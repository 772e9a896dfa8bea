package clearml.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsTest {

    @Test
    void casesAreSelectedByTheBeginningOfTheirNames() {
        Options some = Options.parse(new String[] {"tasks.", "--clients", "2", "debug.ping"});

        assertThat(some.clients()).isEqualTo(2);
        assertThat(some.selects("tasks.create")).isTrue();
        assertThat(some.selects("debug.ping")).isTrue();
        assertThat(some.selects("events.log-100")).isFalse();
        assertThat(Options.parse(new String[0]).selects("anything")).isTrue();
    }

    @Test
    void unknownOptionsAreRefused() {
        assertThatThrownBy(() -> Options.parse(new String[] {"--nope", "1"})).hasMessageContaining("--nope");
        assertThatThrownBy(() -> Options.parse(new String[] {"--url"})).hasMessageContaining("--url");
    }

    @Test
    void theDataFolderOfARunningServerTellsEverything(@TempDir Path data) throws IOException {
        Files.createDirectories(data.resolve("config"));
        Files.writeString(data.resolve("clearml.conf"), """
                api {
                  web_server: "http://127.0.0.1:1"
                  api_server: "http://127.0.0.1:2"
                  files_server: "http://127.0.0.1:3"
                  credentials { access_key: "K", secret_key: "S" }
                }
                """);
        Files.writeString(data.resolve("config/hosts.conf"), """
                mongo {
                  backend { host: "mongodb://127.0.0.1:4/backend" }
                }
                elastic {
                  events { hosts: [{ host: "127.0.0.1", port: 5, scheme: http }] }
                }
                """);

        Target target = Options.parse(new String[] {"--data", data.toString(), "--secret", "other"})
                .target();

        assertThat(target.api()).isEqualTo(URI.create("http://127.0.0.1:2"));
        assertThat(target.files()).isEqualTo(URI.create("http://127.0.0.1:3"));
        assertThat(target.key()).isEqualTo("K");
        assertThat(target.secret()).isEqualTo("other");
        assertThat(target.mongo()).contains("mongodb://127.0.0.1:4");
        assertThat(target.elastic()).contains(URI.create("http://127.0.0.1:5"));
    }
}
