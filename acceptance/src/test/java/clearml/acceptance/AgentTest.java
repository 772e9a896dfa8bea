package clearml.acceptance;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The unchanged agent as operators run it, several at once: every check of every script is a test. */
class AgentTest {

    private static final String ENVIRONMENT = "sdk-2.1.12";
    private static final List<String> SIDE_BY_SIDE =
            List.of("agent_runs", "agent_dies", "agent_services", "agent_pipeline", "agent_optimizer");
    private static final String WITH_RESTART = "agent_survives";
    private static final Duration RESTART_WANTED_WITHIN = Duration.ofMinutes(3);
    private static final Duration LOOKS_EVERY = Duration.ofMillis(200);

    private static final String WATCHDOG = "CLEARML__SERVICES__TASKS__NON_RESPONSIVE_TASKS_WATCHDOG__";
    private static final String THRESHOLD = WATCHDOG + "THRESHOLD_SEC";

    private static final String LEASES = "CLEARML__SERVICES__QUEUES__LEASES__";

    /** Nobody waits for minutes or hours. Agents and runs report every few seconds. */
    private static final Map<String, String> SETTINGS = Map.of(
            THRESHOLD,
            "40",
            WATCHDOG + "WATCH_INTERVAL_SEC",
            "3",
            LEASES + "GRACE_SEC",
            "15",
            LEASES + "CHECK_INTERVAL_SEC",
            "2");

    /** Clients wait longer and longer before they try again, so one who was cut off may be silent for minutes. */
    private static final String LONG = "600";

    private static final ExecutorService THREADS = Executors.newCachedThreadPool();
    private static StandaloneServer server;

    @AfterAll
    static void stop() {
        THREADS.shutdownNow();
        if (server != null) {
            server.close();
        }
    }

    @TestFactory
    Stream<DynamicNode> theAgentWorksUnchanged() {
        Python.environment(ENVIRONMENT);
        server = StandaloneServer.start("agents", SETTINGS);
        var runs = new ArrayList<CompletableFuture<DynamicContainer>>();
        var others = new CompletableFuture<Void>();
        runs.add(CompletableFuture.supplyAsync(() -> runWithRestart(others), THREADS));
        for (var script : SIDE_BY_SIDE) {
            runs.add(CompletableFuture.supplyAsync(
                    () -> run(script, new SdkScripts(ENVIRONMENT, server.server())), THREADS));
        }
        CompletableFuture.allOf(runs.subList(1, runs.size()).toArray(CompletableFuture[]::new))
                .whenComplete((done, failure) -> others.complete(null));
        return runs.stream().map(CompletableFuture::join);
    }

    private static DynamicContainer run(String script, SdkScripts scripts) {
        return dynamicContainer(script, ScriptChecks.of(script, scripts, scripts.run(script)));
    }

    /** @param others done when nobody is in the way of a restart */
    private static DynamicContainer runWithRestart(CompletableFuture<Void> others) {
        var scripts = new SdkScripts(ENVIRONMENT, server.server());
        var restarter = others.thenRunAsync(() -> restartWhenWanted(scripts), THREADS);
        try {
            return run(WITH_RESTART, scripts);
        } finally {
            restarter.cancel(true);
        }
    }

    private static void restartWhenWanted(SdkScripts scripts) {
        var end = System.nanoTime() + RESTART_WANTED_WITHIN.toNanos();
        try {
            while (!Files.exists(scripts.folder().resolve("restart.wanted"))) {
                if (System.nanoTime() > end) {
                    return;
                }
                Thread.sleep(LOOKS_EVERY.toMillis());
            }
            server.stop();
            server.set(THRESHOLD, LONG);
            server.start();
            Files.createFile(scripts.folder().resolve("restart.done"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
