package clearml.acceptance;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The unchanged Python SDK as users run it: every check of every script is a test, for each version of the SDK. */
class SdkTest {

    private static final List<String> VERSIONS = List.of("sdk-2.1.12", "sdk-1.16.5");
    private static final List<String> SCRIPTS = List.of(
            "training_run", "read_back", "find_and_change", "ended_run", "continued_run", "offline_run", "dataset");

    private static final ExecutorService VERSIONS_SIDE_BY_SIDE = Executors.newFixedThreadPool(VERSIONS.size());

    @AfterAll
    static void end() {
        VERSIONS_SIDE_BY_SIDE.shutdownNow();
    }

    @TestFactory
    Stream<DynamicNode> theSdkWorksUnchanged() {
        var server = Server.underTest();
        var series = VERSIONS.stream()
                .map(version -> new SdkScripts(version, server))
                .toList();
        var containers = new ArrayList<DynamicNode>();
        for (var i = 0; i < VERSIONS.size(); i++) {
            containers.add(dynamicContainer(VERSIONS.get(i), inOrder(series.get(i))));
        }
        return containers.stream();
    }

    /** Starts the scripts of one version one after the other, and waits for each when its tests are asked for. */
    private static Stream<DynamicContainer> inOrder(SdkScripts scripts) {
        var results = new ArrayList<DynamicContainer>();
        CompletableFuture<?> before = CompletableFuture.completedFuture(null);
        for (var script : SCRIPTS) {
            var run = before.thenApplyAsync(done -> scripts.run(script), VERSIONS_SIDE_BY_SIDE);
            before = run.handle((done, failure) -> null);
            results.add(dynamicContainer(
                    script, Stream.of(run).flatMap(done -> ScriptChecks.of(script, scripts, done.join()))));
        }
        return results.stream();
    }
}
