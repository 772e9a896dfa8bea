package clearml.acceptance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The Python of the machine, and the virtual environments that are made with it. */
final class Python {

    private static final Path SCRIPTS = Path.of("src", "test", "python").toAbsolutePath();
    private static final Path ENVIRONMENTS =
            Path.of("..", ".venv").toAbsolutePath().normalize();
    private static final List<String> NAMES = List.of("python3", "python3.11", "python3.10", "python3.9", "python3.12");
    private static final String VERSION_TEST = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))";

    private Python() {}

    static Path script(String name) {
        return SCRIPTS.resolve(name);
    }

    /**
     * The interpreter of the environment with the requirements of that name. Without Python 3.9 or newer the test is
     * skipped, or fails when the environment variable CI is true.
     */
    static Path environment(String requirements) {
        var python = find();
        if (python.isEmpty()) {
            var message = "Python 3.9 or newer with venv is needed for the client scripts, and was not found";
            Assertions.assertNotEquals("true", System.getenv("CI"), message);
            Assumptions.abort(message);
        }
        var made = ChildProcess.run(
                List.of(python.get(), script("environment.py").toString(), requirements, ENVIRONMENTS.toString()),
                Map.of(),
                Duration.ofMinutes(10));
        Assertions.assertEquals(0, made.status(), () -> "cannot make " + requirements + ":\n" + made.output());
        return Path.of(
                made.output().strip().lines().reduce((first, last) -> last).orElseThrow());
    }

    private static Optional<String> find() {
        var named = Settings.find("test.python").map(List::of).orElse(NAMES);
        return named.stream().filter(Python::fits).findFirst();
    }

    private static boolean fits(String name) {
        try {
            return new ProcessBuilder(name, "-c", VERSION_TEST)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
