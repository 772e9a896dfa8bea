package clearml.config;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables a server was started with. An empty one counts as not set. */
record Environment(Map<String, String> variables) {

    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");

    Environment {
        variables = Map.copyOf(variables);
    }

    Optional<String> first(String... names) {
        for (String name : names) {
            String value = variables.get(name);
            if (value != null && !value.isEmpty()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** Replaces a leading {@code ~} and every {@code $NAME} or {@code ${NAME}}; unknown names stay as they are. */
    String expand(String path) {
        String expanded = VARIABLE.matcher(path).replaceAll(match -> {
            String name = match.group(1) != null ? match.group(1) : match.group(2);
            return Matcher.quoteReplacement(variables.getOrDefault(name, match.group()));
        });
        if (expanded.equals("~") || expanded.startsWith("~/")) {
            return first("HOME").orElseGet(() -> System.getProperty("user.home")) + expanded.substring(1);
        }
        return expanded;
    }
}
