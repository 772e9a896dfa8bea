package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Answers of the reference, recorded on data that it wrote: a server that is started on these data gives the same
 * ones. Runs where the recordings are ({@code ../shared/golden}, or the folder named by TEST_GOLDEN).
 */
class GoldenTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Path ALLOWED = Path.of("golden", "allow.json").toAbsolutePath();
    private static final Path ENDPOINTS = Path.of("golden", "endpoints.txt");

    private static Path recordings;
    private static Path python;
    private static StandaloneServer server;

    @BeforeAll
    static void takeOverTheInstallation() {
        recordings = Settings.find("test.golden")
                .map(Path::of)
                .orElse(PROJECT.resolve("../shared/golden").normalize());
        Assumptions.assumeTrue(Files.isDirectory(recordings), "no recordings at " + recordings);
        python = Python.environment("golden");
        server = StandaloneServer.start("golden");
        run(Duration.ofMinutes(5), "load", "--force", server.store("mongodb://[^/]+"), elasticsearch());
        server.stop();
        server.start();
    }

    private static String elasticsearch() {
        return "http://127.0.0.1:" + server.store("port: (\\d+), scheme: http");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> theAnswersAreTheRecordedOnes() throws IOException {
        return Files.readAllLines(ENDPOINTS).stream()
                .map(line -> line.replaceAll("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .map(endpoint -> dynamicTest(endpoint, () -> check(endpoint)));
    }

    private static void check(String endpoint) {
        var api = server.server().api().toString();
        var output = run(
                Duration.ofMinutes(10), "check", api, "--only", endpoint, "--allow", ALLOWED.toString(), "--show", "3");
        assertThat(output).contains("TOTAL").contains(" 0 differ");
    }

    private static String run(Duration atMost, String... arguments) {
        var command = Stream.concat(
                        Stream.of(
                                python.toString(),
                                recordings.resolve("golden.py").toString()),
                        Stream.of(arguments))
                .toList();
        var done = ChildProcess.run(command, Map.of("PYTHONDONTWRITEBYTECODE", "1"), atMost);
        assertThat(done.status())
                .as("%s\n%s", List.of(arguments), done.output())
                .isZero();
        return done.output();
    }
}
