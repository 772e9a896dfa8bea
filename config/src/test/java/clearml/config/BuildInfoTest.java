package clearml.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildInfoTest {

    @TempDir
    private Path folder;

    private BuildInfo with(Map<String, String> environment) {
        return BuildInfo.of(ServerConfig.load(environment), folder);
    }

    @Test
    void defaults_are_those_of_the_reference() {
        assertThat(with(Map.of())).isEqualTo(new BuildInfo("2.3.0", "", "", "manual"));
    }

    @Test
    void variables_win_over_files_beside_the_program() throws IOException {
        Files.writeString(folder.resolve("VERSION"), "2.4.1\n");
        Files.writeString(folder.resolve("DEPLOY"), "ami\n");
        assertThat(with(Map.of("CLEARML_SERVER_DEPLOYMENT_TYPE", "linux", "TRAINS_SERVER_BUILD", "613")))
                .isEqualTo(new BuildInfo("2.4.1", "613", "", "linux"));
    }

    @ParameterizedTest
    @CsvSource({"2.0, 2.0", "2.3.0-690, 2.3.0", "v1.2.3rc1, 1.2.3"})
    void a_version_is_integers_and_dots(String text, String version) {
        assertThat(with(Map.of("CLEARML_SERVER_VERSION", text)).version()).isEqualTo(version);
    }

    @Test
    void anything_else_is_no_version() {
        assertThatThrownBy(() -> with(Map.of("CLEARML_SERVER_VERSION", "latest")))
                .hasMessageContaining("CLEARML_SERVER_VERSION");
    }

    @ParameterizedTest
    @CsvSource({"false, false", "0, false", "NO, false", "off, false", "true, true", "'', true"})
    void compression_can_be_switched_off(String text, boolean compresses) {
        assertThat(ServerConfig.load(Map.of("CLEARML_COMPRESS_RESP", text)).compressesResponses())
                .isEqualTo(compresses);
    }
}
