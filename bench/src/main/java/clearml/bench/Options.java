package clearml.bench;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the command line asks for.
 *
 * @param cases names or beginnings of names; none means all
 * @param clients that call at the same time, each waiting for its answer
 * @param seconds measured, after {@code warmup} seconds that are not
 * @param rate calls per second of the open model; none for the closed one
 */
record Options(
        Map<String, String> given, List<String> cases, int clients, int seconds, int warmup, Optional<Integer> rate) {

    static final String USAGE = """
            Usage: bench/run [options] [case...]
              --data DIR          data folder of a running ./serve: addresses and credentials are taken from there
              --url URL           API server, with --files URL, --key KEY and --secret SECRET
              --mongo URI         its MongoDB, for the raw figures
              --elastic URL       its Elasticsearch, for the raw figures
              --clients N         callers at the same time (8), where a case has no number of its own
              --seconds N         time measured per case (10)
              --warmup N          time before that (5)
              --rate N            open model: N calls per second, latency from the time a call was due
              --points N          points of each of 50 series that are read (5,000; the goal is for 100,000)
              --lines N           lines of a log that is read (100,000; the goal is for 1,000,000)
              --plots N           plots of 100 kB that are read (200; the goal is for 10,000)
              --json FILE         the results as JSON as well
              --list              names of the cases
            """;

    private static final Set<String> KNOWN = Set.of(
            "data", "url", "files", "key", "secret", "mongo", "elastic", "clients", "seconds", "warmup", "rate", "json",
            "points", "lines", "plots");

    static Options parse(String[] arguments) {
        Map<String, String> given = new HashMap<>();
        List<String> cases = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (!argument.startsWith("--")) {
                cases.add(argument);
            } else if (Set.of("list", "help").contains(argument.substring(2))) {
                given.put(argument.substring(2), "");
            } else if (KNOWN.contains(argument.substring(2)) && i + 1 < arguments.length) {
                given.put(argument.substring(2), arguments[++i]);
            } else {
                throw new IllegalArgumentException("unknown option, or one without its value: " + argument);
            }
        }
        return new Options(
                given,
                cases,
                number(given, "clients", 8),
                number(given, "seconds", 10),
                number(given, "warmup", 5),
                Optional.ofNullable(given.get("rate")).map(Integer::valueOf));
    }

    Sizes sizes() {
        return new Sizes(number(given, "points", 5_000), number(given, "lines", 100_000), number(given, "plots", 200));
    }

    boolean asks(String name) {
        return given.containsKey(name);
    }

    Optional<Path> json() {
        return Optional.ofNullable(given.get("json")).map(Path::of);
    }

    boolean selects(String name) {
        return cases.isEmpty() || cases.stream().anyMatch(name::startsWith);
    }

    /** The server, from its data folder where one is given, and from the single options over that. */
    Target target() {
        Map<String, String> all = new HashMap<>();
        Optional.ofNullable(given.get("data")).map(Path::of).ifPresent(data -> all.putAll(DataFolder.read(data)));
        all.putAll(given);
        return new Target(
                URI.create(required(all, "url")),
                URI.create(all.getOrDefault("files", "http://127.0.0.1:8081")),
                required(all, "key"),
                required(all, "secret"),
                Optional.ofNullable(all.get("mongo")),
                Optional.ofNullable(all.get("elastic")).map(URI::create));
    }

    private static String required(Map<String, String> all, String name) {
        String value = all.get(name);
        if (value == null) {
            throw new IllegalArgumentException("--data, or --" + name + " is needed");
        }
        return value;
    }

    private static int number(Map<String, String> given, String name, int fallback) {
        return Integer.parseInt(given.getOrDefault(name, Integer.toString(fallback)));
    }
}
