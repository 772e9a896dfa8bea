package clearml.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Measures named cases against a server: {@code bench/run --help}. */
public final class Bench {

    private Bench() {}

    public static void main(String[] arguments) {
        try {
            System.exit(run(Options.parse(arguments)) ? 0 : 1);
        } catch (Exception e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(2);
        }
    }

    private static boolean run(Options options) throws Exception {
        Report report = new Report(System.out);
        if (options.asks("help")) {
            System.out.print(Options.USAGE);
            return true;
        }
        if (options.asks("list")) {
            report.names(new Cases(Target.NOWHERE, options.sizes()).all());
            return true;
        }
        List<Case> cases = new Cases(options.target(), options.sizes())
                .all().stream().filter(each -> options.selects(each.name())).toList();
        if (cases.isEmpty()) {
            throw new IllegalArgumentException("no case is named " + options.cases() + "; --list names them");
        }
        return measure(options, cases, report);
    }

    private static boolean measure(Options options, List<Case> cases, Report report) throws Exception {
        List<Comparison> results = new ArrayList<>();
        ServerCpu cpu = new ServerCpu(options.target().api());
        report.head();
        for (Case each : cases) {
            try {
                Comparison comparison = compare(new Load(options, each), each, cpu);
                results.add(comparison);
                report.line(comparison);
            } catch (Exception e) {
                report.failed(each, e);
            }
        }
        Optional<Path> json = options.json();
        if (json.isPresent()) {
            Files.writeString(
                    json.get(),
                    JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(results));
        }
        return results.size() == cases.size();
    }

    private static Comparison compare(Load load, Case each, ServerCpu cpu) throws Exception {
        Result result = load.measure(each.work().make(), cpu);
        Optional<Result> raw = Optional.empty();
        if (each.raw().isPresent()) {
            raw = Optional.of(load.measure(each.raw().get().make()));
        }
        return Comparison.of(each, result, raw);
    }
}
