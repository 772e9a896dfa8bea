package clearml.standalone;

import clearml.config.ServerConfig;
import clearml.embedded.process.DataFolder;
import clearml.embedded.process.Ports;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The way from the command line to three open ports, in the order in which things can go wrong. */
final class Startup {

    private final Options options;
    private final Map<String, String> environment;
    private final Closing closing;
    private final Progress progress;
    private final Consumer<Throwable> failed;

    /** @param failed ends all, where the API server would wait for a store that never comes */
    Startup(
            Options options,
            Map<String, String> environment,
            Closing closing,
            Progress progress,
            Consumer<Throwable> failed) {
        this.options = options;
        this.environment = environment;
        this.closing = closing;
        this.progress = progress;
        this.failed = failed;
    }

    void run() throws IOException {
        checkPorts();
        Installation installation =
                new Installation(closing.add(DataFolder.lock(options.data())).path());
        LogFiles.in(installation.logs());
        StorePorts ports = StorePorts.choose(installation.storesBefore());
        ServerConfig config = installation.configure(options, ports, environment);
        progress.say("Data is in " + installation.folder());

        EmbeddedStores stores = new EmbeddedStores(installation, config, ports, closing, progress);
        if (stores.hasElasticsearch()) {
            Memory.check(Memory.NEEDED);
            LogFiles.leaveOutWaiting();
        }
        CompletableFuture<Void> elasticsearch = stores.start().whenComplete((up, failure) -> {
            if (failure != null) {
                failed.accept(failure);
            }
        });
        new Servers(config, closing, progress).start(elasticsearch);
        tellHowToConnect(installation, config);
    }

    private void checkPorts() {
        Ports.choose("the API server (--api-port)", options.host(), options.apiPort());
        Ports.choose("the file server (--files-port)", options.host(), options.filesPort());
        Ports.choose("the web server (--web-port)", options.host(), options.webPort());
    }

    private void tellHowToConnect(Installation installation, ServerConfig config) throws IOException {
        ClientConfiguration client = ClientConfiguration.of(Addresses.of(options), config);
        client.write(installation.clientConfiguration());
        progress.say("Ready");
        progress.print("""

                Paste this where your code runs:

                %s
                Status: %s   Stop: Ctrl-C""".formatted(
                        client.asVariables(installation.clientConfiguration()).indent(2),
                        Addresses.of(options).web()));
    }
}
