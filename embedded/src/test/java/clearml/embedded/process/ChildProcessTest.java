package clearml.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

    @TempDir
    Path folder;

    private ChildProcess start(String script) {
        return ChildProcess.start("Program", folder, List.of("sh", "-c", script), Map.of("GREETING", "hello"));
    }

    @Test
    void closingStopsTheProgramAndItsGuard() {
        ChildProcess child = start("trap 'echo stopped; exit' TERM; echo $GREETING; while :; do sleep 0.1; done");
        child.awaitReady(() -> output().contains("hello"), Duration.ofSeconds(10));

        child.close();

        assertThat(output()).isEqualTo("hello\nstopped\n");
        assertThat(child.handle().isAlive()).isFalse();
    }

    @Test
    void aProgramThatIgnoresTheRequestIsMadeToStop() {
        ChildProcess child = start("trap '' TERM; echo deaf; while :; do sleep 0.1; done");
        child.awaitReady(() -> output().contains("deaf"), Duration.ofSeconds(10));

        child.close();

        assertThat(child.handle().isAlive()).isFalse();
    }

    @Test
    void theEndOfAProgramIsNoticed() throws Exception {
        ChildProcess child = start("exit 3");
        assertThat(child.onExit().get(10, TimeUnit.SECONDS).isAlive()).isFalse();
        child.close();
    }

    @Test
    void aProgramThatFailsToStartIsReportedWithItsLastWords() {
        ChildProcess child = start("echo first; echo no memory for this; exit 7");
        assertThatThrownBy(() -> child.awaitReady(() -> false, Duration.ofSeconds(10)))
                .isInstanceOf(StoreStartException.class)
                .hasMessageStartingWith("Program ended with status 7 while starting: no memory for this");
    }

    @Test
    void aProgramThatNeverAnswersIsStopped() {
        ChildProcess child = start("sleep 60");
        assertThatThrownBy(() -> child.awaitReady(() -> false, Duration.ofMillis(100)))
                .isInstanceOf(StoreStartException.class)
                .hasMessageContaining("not ready");
        assertThat(child.handle().isAlive()).isFalse();
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output.log"));
        } catch (java.io.IOException e) {
            return "";
        }
    }
}
