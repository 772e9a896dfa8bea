package clearml.standalone;

import clearml.config.ConfigException;
import clearml.embedded.process.StoreStartException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.PortInUseException;

/** Starts everything, says how to connect, and stops everything when it is asked to end. */
public final class Standalone {

    private Standalone() {}

    public static void main(String[] arguments) {
        // Read once by the first HTTP client of this JVM: the web port's proxy sets this header.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        Closing closing = new Closing();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(closing), "stop"));
        try {
            Options options = Options.parse(List.of(arguments), Path.of(System.getProperty("user.home")));
            if (options.help()) {
                System.out.print(Options.USAGE);
                return;
            }
            Progress progress = new Progress(
                    System.out, ManagementFactory.getRuntimeMXBean().getStartTime());
            new Startup(options, System.getenv(), closing, progress, Standalone::fail).run();
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    /** One line: what one of ours in the chain of causes says for people, else the innermost cause. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (!isForPeople(cause) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (isForPeople(cause)) {
            return Objects.requireNonNullElse(cause.getMessage(), "");
        }
        LoggerFactory.getLogger(Standalone.class).error("Not started", failure);
        return cause.toString();
    }

    private static boolean isForPeople(Throwable e) {
        return e instanceof StartException
                || e instanceof StoreStartException
                || e instanceof ConfigException
                // of a port that was free when the start looked
                || e instanceof PortInUseException;
    }

    private static void fail(Throwable failure) {
        System.err.println("serve: " + reason(failure));
        System.exit(1);
    }

    /** Within 10 s, come what may: children end with this process. */
    private static void stop(Closing closing) {
        Thread limit = new Thread(() -> {
            try {
                Thread.sleep(8500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            System.err.println("serve: did not stop in time: " + closing.current());
            Runtime.getRuntime().halt(1);
        });
        limit.setDaemon(true);
        limit.start();
        closing.close();
    }
}
