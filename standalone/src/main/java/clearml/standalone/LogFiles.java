package clearml.standalone;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sends the logs of all three servers to one rotated file, and warnings to the console as well. */
final class LogFiles {

    private LogFiles() {}

    /** To be called before anything logs: the three servers must not each set up logging anew. */
    static void in(Path folder) throws IOException {
        Files.createDirectories(folder);
        System.setProperty("clearml.logs", folder.toString());
        System.setProperty("logback.configurationFile", "clearml/standalone/logback.xml");
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    /** Not to be told that the API server waits for a store whose start is on the screen already. */
    static void leaveOutWaiting() {
        ((Logger) LoggerFactory.getLogger("clearml.apiserver.startup.StoreWait")).setLevel(Level.ERROR);
    }
}
