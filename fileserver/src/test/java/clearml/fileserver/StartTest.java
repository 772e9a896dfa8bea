package clearml.fileserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clearml.config.ConfigException;
import clearml.config.ServerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {

    @TempDir
    private Path folder;

    private static ServerConfig config(String... variables) {
        return ServerConfig.load(Map.of("CLEARML_CONFIG_DIR", "/nowhere", variables[0], variables[1]));
    }

    @Test
    void a_folder_that_cannot_be_written_is_named() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> FileServerApplication.run(config("CLEARML_UPLOAD_FOLDER", file.toString()), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void the_folder_has_its_variables() {
        assertThat(FileServerSettings.of(config("TRAINS_UPLOAD_FOLDER", "/a")).root())
                .isEqualTo(Path.of("/a"));
        assertThat(FileServerSettings.of(config("CLEARML_UPLOAD_FOLDER", "/b")).root())
                .isEqualTo(Path.of("/b"));
        assertThat(FileServerSettings.of(config("OTHER", "/c")).root()).isEqualTo(Path.of("/mnt/fileserver"));
    }

    @Test
    void the_options_of_the_reference_are_understood() {
        assertThat(CommandLine.parse("-p", "1", "--ip=::1", "--upload-folder", "/x", "--debug"))
                .isEqualTo(Map.of(
                        "fileserver.listen.port", "1",
                        "fileserver.listen.ip", "::1",
                        "fileserver.upload.folder", "/x"));
        assertThatThrownBy(() -> CommandLine.parse("--port")).hasMessageContaining("--port");
        assertThatThrownBy(() -> CommandLine.parse("--other", "1")).hasMessageContaining("--other");
    }

    @Test
    void abandoned_uploads_go_and_running_ones_of_others_stay() throws Exception {
        Path incoming = Files.createDirectories(folder.resolve(".incoming"));
        Path old = Files.writeString(incoming.resolve("old"), "x");
        Path running = Files.writeString(incoming.resolve("running"), "x");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        FileStore.open(folder);
        assertThat(old).doesNotExist();
        assertThat(running).exists();
    }
}
