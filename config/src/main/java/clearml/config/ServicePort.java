package clearml.config;

import java.util.Optional;

/** The port in one of several variables. */
final class ServicePort {

    private ServicePort() {}

    static Optional<Integer> of(ServerConfig config, String... names) {
        for (String name : names) {
            Optional<String> text = config.environment(name);
            if (text.isPresent()) {
                return Optional.of(parse(name, text.get()));
            }
        }
        return Optional.empty();
    }

    private static int parse(String name, String text) {
        try {
            int port = Integer.parseInt(text.trim());
            if (port > 0 && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Kubernetes sets <SERVICE>_PORT=tcp://10.0.0.1:6379 for a service of that name.
            String last = text.substring(text.lastIndexOf(':') + 1);
            if (text.startsWith("tcp://") && last.matches("\\d{1,5}")) {
                return Integer.parseInt(last);
            }
        }
        throw new ConfigException("environment variable " + name + ": expected a port, not \"" + text + "\"");
    }
}
