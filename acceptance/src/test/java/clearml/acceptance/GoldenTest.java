package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

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
        var loaded = golden(
                Duration.ofMinutes(5), List.of("load", "--force", server.store("mongodb://[^/]+"), elasticsearch()));
        assertThat(loaded.status()).as(loaded.output()).isZero();
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
    Stream<DynamicNode> theAnswersAreTheRecordedOnes() throws IOException {
        var report = Path.of("target", "golden.json").toAbsolutePath();
        Files.deleteIfExists(report);
        var output = golden(
                        Duration.ofMinutes(15),
                        List.of(
                                "check",
                                server.server().api().toString(),
                                "--allow",
                                ALLOWED.toString(),
                                "--report",
                                report.toString()))
                .output();
        assertThat(report).as(output).exists();
        var found = Api.JSON.readTree(report);
        return listed().map(glob -> dynamicContainer(glob, endpoints(glob, found)));
    }

    private static Stream<String> listed() throws IOException {
        return Files.readAllLines(ENDPOINTS).stream()
                .map(line -> line.replaceAll("#.*", "").strip())
                .filter(line -> !line.isEmpty());
    }

    private static Stream<DynamicTest> endpoints(String glob, JsonNode report) {
        var pattern = Pattern.compile(Pattern.quote(glob).replace("*", "\\E.*\\Q"));
        var matching = report.path("endpoints").propertyNames().stream()
                .filter(pattern.asMatchPredicate())
                .toList();
        assertThat(matching).as("endpoints named %s", glob).isNotEmpty();
        return matching.stream().map(endpoint -> dynamicTest(endpoint, () -> same(endpoint, report)));
    }

    private static void same(String endpoint, JsonNode report) {
        var differences = StreamSupport.stream(report.path("diffs").spliterator(), false)
                .filter(each -> each.path("endpoint").asString().equals(endpoint))
                .map(JsonNode::toString)
                .limit(5)
                .toList();
        assertThat(differences).isEmpty();
    }

    private static ChildProcess golden(Duration atMost, List<String> arguments) {
        var program = List.of(python.toString(), recordings.resolve("golden.py").toString());
        var command = Stream.concat(program.stream(), arguments.stream()).toList();
        return ChildProcess.run(command, Map.of("PYTHONDONTWRITEBYTECODE", "1"), atMost);
    }
}
