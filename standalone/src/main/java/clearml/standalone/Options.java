package clearml.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param webui folder with a build of the web UI, with its {@code index.html}
 */
record Options(Path data, String host, int apiPort, int filesPort, int webPort, Optional<Path> webui, boolean help) {

    static final String USAGE = """
            Usage: serve [options]
              --data DIR         where everything is kept (~/.clearml-jvm-server)
              --host ADDRESS     address to listen on (127.0.0.1)
              --api-port PORT    API server (8008)
              --files-port PORT  file server (8081)
              --web-port PORT    web server (8080)
              --webui DIR        a build of the ClearML web UI to serve
              --help             this text
            """;

    /** @param home the user's, for the default of the data folder */
    static Options parse(List<String> arguments, Path home) {
        Options options = new Options(
                home.resolve(".clearml-jvm-server"), "127.0.0.1", 8008, 8081, 8080, Optional.empty(), false);
        Deque<String> rest = new ArrayDeque<>(split(arguments));
        while (!rest.isEmpty()) {
            options = options.with(rest.removeFirst(), rest);
        }
        return options;
    }

    /** {@code --data=DIR} is {@code --data DIR}. */
    private static List<String> split(List<String> arguments) {
        return arguments.stream()
                .flatMap(argument -> argument.startsWith("--") && argument.contains("=")
                        ? List.of(argument.split("=", 2)).stream()
                        : List.of(argument).stream())
                .toList();
    }

    private Options with(String name, Deque<String> rest) {
        return switch (name) {
            case "--help", "-h" -> new Options(data, host, apiPort, filesPort, webPort, webui, true);
            case "--data" -> new Options(folder(name, rest), host, apiPort, filesPort, webPort, webui, help);
            case "--host" -> new Options(data, value(name, rest), apiPort, filesPort, webPort, webui, help);
            case "--api-port" -> new Options(data, host, port(name, rest), filesPort, webPort, webui, help);
            case "--files-port" -> new Options(data, host, apiPort, port(name, rest), webPort, webui, help);
            case "--web-port" -> new Options(data, host, apiPort, filesPort, port(name, rest), webui, help);
            case "--webui" -> new Options(data, host, apiPort, filesPort, webPort, Optional.of(ui(name, rest)), help);
            default -> throw new StartException("unknown option " + name + ", see --help");
        };
    }

    private static String value(String name, Deque<String> rest) {
        String value = rest.pollFirst();
        if (value == null || value.isBlank()) {
            throw new StartException("option " + name + " needs a value");
        }
        return value;
    }

    private static Path folder(String name, Deque<String> rest) {
        return Path.of(value(name, rest)).toAbsolutePath().normalize();
    }

    private static Path ui(String name, Deque<String> rest) {
        Path folder = folder(name, rest);
        if (!Files.isReadable(folder.resolve("index.html"))) {
            throw new StartException("option --webui: no index.html in " + folder);
        }
        return folder;
    }

    private static int port(String name, Deque<String> rest) {
        String value = value(name, rest);
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > 65_535) {
            throw new StartException("option " + name + ": expected a port from 1 to 65535, not \"" + value + "\"");
        }
        return Integer.parseInt(value);
    }
}
