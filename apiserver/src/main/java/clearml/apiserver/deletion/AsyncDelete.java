package clearml.apiserver.deletion;

import clearml.apiserver.security.Tokens;
import clearml.config.ConfigException;
import clearml.config.ServerConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The deletion of files as a process of its own, as deployments start it: {@code --fileserver-host URL} ({@code -fh}) over
 * {@code hosts.fileserver}. Needs MongoDB, the token secret and the storages; runs until it is ended.
 */
public final class AsyncDelete {

    private static final Logger LOG = LoggerFactory.getLogger(AsyncDelete.class);

    private AsyncDelete() {}

    public static void main(String[] args) throws InterruptedException {
        try {
            run(ServerConfig.load(System.getenv(), overrides(args)));
        } catch (ConfigException | IllegalArgumentException e) {
            System.err.println("async_delete: " + e.getMessage());
            System.exit(2);
        }
    }

    static Map<String, Object> overrides(String[] args) {
        Map<String, Object> overrides = new HashMap<>();
        for (int i = 0; i < args.length; i++) {
            String[] option = args[i].split("=", 2);
            if (!option[0].equals("--fileserver-host") && !option[0].equals("-fh")) {
                throw new IllegalArgumentException("unknown argument " + args[i]);
            }
            if (option.length == 1 && i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a URL");
            }
            overrides.put("hosts.fileserver", option.length == 2 ? option[1] : args[++i]);
        }
        return overrides;
    }

    private static void run(ServerConfig config) throws InterruptedException {
        try (var context = start(config)) {
            FileDeletion deletion = context.getBean(FileDeletion.class);
            while (!Thread.currentThread().isInterrupted()) {
                runOnce(deletion);
                Thread.sleep(FileDeletionJob.PAUSE.toMillis());
            }
        }
    }

    /** With Spring Boot's logging, and nothing else of it. */
    private static ConfigurableApplicationContext start(ServerConfig config) {
        return new SpringApplicationBuilder(Parts.class)
                .web(WebApplicationType.NONE)
                .properties("spring.config.name=async_delete", "spring.jmx.enabled=false")
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .initializers(
                        context -> ((GenericApplicationContext) context).registerBean(ServerConfig.class, () -> config))
                .run();
    }

    private static void runOnce(FileDeletion deletion) {
        try {
            long gone = deletion.run(() -> true);
            if (gone > 0) {
                LOG.info("Deleted {} files", gone);
            }
        } catch (RuntimeException e) {
            LOG.warn("Files could not be deleted, trying again: {}", e.toString());
        }
    }

    /** What it needs of the API server. Not annotated as a configuration, or the API server would find it. */
    @ComponentScan("clearml.apiserver.store.mongo")
    @Import({
        Tokens.class,
        DueFiles.class,
        FileServerClient.class,
        FileServerStorage.class,
        StorageSettings.class,
        S3Storage.class,
        DeleteRequests.class,
        GoogleStorage.class,
        AzureStorage.class,
        FileDeletion.class
    })
    static class Parts {

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }
}
