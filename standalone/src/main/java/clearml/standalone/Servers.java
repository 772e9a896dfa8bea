package clearml.standalone;

import clearml.apiserver.ApiServerApplication;
import clearml.config.ServerConfig;
import clearml.fileserver.FileServerApplication;
import clearml.webui.WebUiApplication;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The three servers, each an application of its own in this JVM. */
final class Servers {

    /** We stop them in our order, not all at once, and together within 10 s. */
    private static final Map<String, Object> PROPERTIES =
            Map.of("spring.main.register-shutdown-hook", false, "spring.lifecycle.timeout-per-shutdown-phase", "4s");

    private final ServerConfig config;
    private final Closing closing;
    private final Progress progress;

    Servers(ServerConfig config, Closing closing, Progress progress) {
        this.config = config;
        this.closing = closing;
        this.progress = progress;
    }

    /** Returns when all three answer and Elasticsearch does; everything that can starts at the same time. */
    void start(CompletableFuture<Void> elasticsearch) {
        CompletableFuture<Void> others = CompletableFuture.runAsync(() -> {
            closing.add(FileServerApplication.run(config, PROPERTIES));
            progress.say("File server is up");
            closing.add(WebUiApplication.run(config, PROPERTIES));
            progress.say("Web server is up");
        });
        closing.add(ApiServerApplication.run(config, PROPERTIES));
        progress.say("API server is up, databases are prepared");
        others.join();
        elasticsearch.join();
    }
}
