package clearml.apiserver.deletion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import clearml.apiserver.query.MemoryMongo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command of compose files and charts. */
class AsyncDeleteTest {

    private static final Path COMMAND =
            Path.of("..", "docker", "bin", "python3").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    @Test
    void theCommandOfComposeFilesDeletesFiles() throws IOException, InterruptedException {
        try (var mongo = new MemoryMongo();
                var clouds = new FakeClouds()) {
            clouds.objects.add("bucket/a");
            mongo.insert(
                    "url_to_delete",
                    "{_id: 'a', company: 'c', url: 's3://%s/bucket/a', created: {$date: '2026-01-01T00:00:00Z'}, storage_type: 's3', type: 'file', retry_count: 0, status: 'created'}"
                            .formatted(clouds.host()));
            Files.createDirectories(folder.resolve("services"));
            Files.writeString(
                    folder.resolve("services/storage_credentials.conf"),
                    "aws.s3.credentials: [{host: \"%s\", key: k, secret: s, secure: false}]".formatted(clouds.host()));
            var process = start(Map.of(
                    "CLEARML_CONFIG_DIR",
                    folder.toString(),
                    "CLEARML__hosts__mongo__backend__host",
                    '"' + mongo.url() + "/backend\"",
                    "CLEARML__hosts__mongo__auth__host",
                    '"' + mongo.url() + "/auth\"",
                    "CLEARML__services__async_urls_delete__fileserver__url_prefixes",
                    "[http://127.0.0.1:1]"));
            try {
                var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
                while (!log().contains("Deleted 1 files")) {
                    assertThat(process.isAlive() && System.nanoTime() < end)
                            .as(() -> log())
                            .isTrue();
                    Thread.sleep(100);
                }
                assertThat(clouds.objects).isEmpty();
                assertThat(mongo.stores.backend("url_to_delete").countDocuments())
                        .isZero();
                assertThat(log()).doesNotContain("DEBUG");
            } finally {
                process.destroy();
                process.waitFor(20, TimeUnit.SECONDS);
                process.destroyForcibly();
            }
        }
    }

    @Test
    void noOtherCommandIsKnown() throws IOException, InterruptedException {
        var process = new ProcessBuilder(COMMAND.toString(), "-m", "http.server").start();

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(new String(process.getErrorStream().readAllBytes())).contains("jobs.async_urls_delete");
    }

    @Test
    void theFileServerIsNamedInOneOrTwoArguments() {
        var expected = Map.<String, Object>of("hosts.fileserver", "http://files:8081");

        assertThat(AsyncDelete.overrides(new String[] {"--fileserver-host", "http://files:8081"}))
                .isEqualTo(expected);
        assertThat(AsyncDelete.overrides(new String[] {"--fileserver-host=http://files:8081"}))
                .isEqualTo(expected);
        assertThat(AsyncDelete.overrides(new String[] {"-fh", "http://files:8081"}))
                .isEqualTo(expected);
        assertThat(AsyncDelete.overrides(new String[] {})).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> AsyncDelete.overrides(new String[] {"-fh"}));
        assertThatIllegalArgumentException().isThrownBy(() -> AsyncDelete.overrides(new String[] {"--port"}));
    }

    private Process start(Map<String, String> environment) throws IOException {
        var builder = new ProcessBuilder(
                        COMMAND.toString(), "-m", "jobs.async_urls_delete", "--fileserver-host", "http://127.0.0.1:1")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("CLEARML_") || name.startsWith("TRAINS_"));
        builder.environment().putAll(environment);
        builder.environment()
                .put(
                        "CLEARML_CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        return builder.start();
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
