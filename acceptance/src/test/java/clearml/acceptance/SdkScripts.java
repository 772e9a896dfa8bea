package clearml.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs the client scripts with one version of the SDK, in a home of their own. */
final class SdkScripts {

    private static final Duration AT_MOST = Duration.ofMinutes(6);

    private final Path python;
    private final Path folder;
    private final Server server;

    SdkScripts(String requirements, Server server) {
        this.python = Python.environment(requirements);
        this.server = server;
        this.folder = folderFor(requirements);
    }

    /** Runs a script to its end; a script that hangs is killed. */
    ChildProcess run(String script) {
        var command = List.of(
                python.toString(),
                Python.script(script + ".py").toString(),
                folder.resolve("state.json").toString());
        var done = ChildProcess.run(command, environment(), AT_MOST);
        write(folder.resolve(script + ".log"), done.output());
        return done;
    }

    Path folder() {
        return folder;
    }

    private Map<String, String> environment() {
        return Map.of(
                "HOME", folder.toString(),
                "TMPDIR", folder.resolve("tmp").toString(),
                "CLEARML_CACHE_DIR", folder.resolve("cache").toString(),
                "CLEARML_CONFIG_FILE", folder.resolve("clearml.conf").toString(),
                "PYTHONUNBUFFERED", "1",
                "PYTHONDONTWRITEBYTECODE", "1",
                "PYTHONIOENCODING", "utf-8",
                "MPLBACKEND", "Agg",
                "OMP_NUM_THREADS", "1");
    }

    private Path folderFor(String requirements) {
        try {
            var parent = Files.createDirectories(Path.of("target", "sdk").toAbsolutePath());
            var made = Files.createTempDirectory(parent, requirements + "-");
            Files.createDirectories(made.resolve("tmp"));
            write(made.resolve("clearml.conf"), configuration());
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reporting stays in the process: the SDK's fork for it, while another of its threads starts git, now and then leaves
     * that thread waiting for the fork's end, and so the run hanging.
     */
    private String configuration() {
        return """
                api {
                  api_server: "%s"
                  web_server: "http://127.0.0.1:8080"
                  files_server: "%s"
                  credentials { access_key: "%s", secret_key: "%s" }
                }
                sdk { development { report_use_subprocess: false } }
                """.formatted(
                server.api(), server.files(), server.user().key(), server.user().secret());
    }

    private static void write(Path path, String text) {
        try {
            Files.writeString(path, text, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
