package clearml.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    @TempDir
    Path home;

    private Options parse(String... arguments) {
        return Options.parse(List.of(arguments), home);
    }

    @Test
    void withoutOptionsTheDefaultsAreThoseOfTheUsageText() {
        Options options = parse();
        assertThat(options.data()).isEqualTo(home.resolve(".clearml-jvm-server"));
        assertThat(options.host()).isEqualTo("127.0.0.1");
        assertThat(List.of(options.apiPort(), options.filesPort(), options.webPort()))
                .containsExactly(8008, 8081, 8080);
        assertThat(Options.USAGE).contains("127.0.0.1", "8008", "8081", "8080", "~/.clearml-jvm-server");
    }

    @Test
    void everyOptionIsTakenInBothSpellings() throws Exception {
        Files.writeString(home.resolve("index.html"), "");
        Options options = parse(
                "--data",
                home + "/d/../data",
                "--host=0.0.0.0",
                "--api-port",
                "1",
                "--files-port=2",
                "--web-port",
                "3",
                "--webui",
                home.toString());
        assertThat(options.data()).isEqualTo(home.resolve("data"));
        assertThat(options.host()).isEqualTo("0.0.0.0");
        assertThat(List.of(options.apiPort(), options.filesPort(), options.webPort()))
                .containsExactly(1, 2, 3);
        assertThat(options.webui()).contains(home);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --api-port 0      | option --api-port: expected a port from 1 to 65535, not "0"
                    --web-port 65536  | option --web-port: expected a port from 1 to 65535, not "65536"
                    --files-port http | option --files-port: expected a port from 1 to 65535, not "http"
                    --data            | option --data needs a value
                    --port 1          | unknown option --port, see --help
                    data              | unknown option data, see --help
                    """)
    void aWrongOptionIsExplained(String line, String message) {
        assertThatThrownBy(() -> parse(line.split(" ")))
                .isInstanceOf(StartException.class)
                .hasMessage(message);
    }

    @Test
    void aFolderWithoutAUiIsRefused() {
        assertThatThrownBy(() -> parse("--webui", home.toString()))
                .isInstanceOf(StartException.class)
                .hasMessage("option --webui: no index.html in " + home);
    }
}
