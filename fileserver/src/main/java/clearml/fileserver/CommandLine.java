package clearml.fileserver;

import clearml.config.ConfigException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The reference's options, as configuration. */
final class CommandLine {

    private static final Map<String, String> OPTIONS = Map.of(
            "--port", "fileserver.listen.port",
            "-p", "fileserver.listen.port",
            "--ip", "fileserver.listen.ip",
            "-i", "fileserver.listen.ip",
            "--upload-folder", "fileserver.upload.folder",
            "-u", "fileserver.upload.folder");

    private CommandLine() {}

    static Map<String, String> parse(String... args) {
        Map<String, String> overrides = new LinkedHashMap<>();
        for (int i = 0; i < args.length; i++) {
            String[] option = args[i].split("=", 2);
            String path = OPTIONS.get(option[0]);
            if (path != null && option.length == 2) {
                overrides.put(path, option[1]);
            } else if (path != null && i + 1 < args.length) {
                overrides.put(path, args[++i]);
            } else if (!option[0].equals("--debug")) {
                throw new ConfigException("Unknown or incomplete option " + args[i]
                        + "; there are --port/-p, --ip/-i, --upload-folder/-u, --debug");
            }
        }
        return overrides;
    }
}
