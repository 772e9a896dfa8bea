package clearml.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prints results as a table, line by line as they come; CPU is that of the server's process, per call and of one core. */
final class Report {

    private static final String LINE = "%-26s %12s %-7s %8s %8s %8s %8s %6s  %12s %6s  %s%n";

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    void head() {
        out.printf(
                Locale.ROOT,
                LINE,
                "case",
                "per second",
                "of",
                "p50 ms",
                "p99 ms",
                "max ms",
                "cpu us",
                "cpu %",
                "raw per s",
                "ratio",
                "goal");
    }

    void line(Comparison comparison) {
        Result result = comparison.result();
        out.printf(
                Locale.ROOT,
                LINE,
                comparison.name(),
                count(result.perSecond()),
                result.unit(),
                time(result.p50()),
                time(result.p99()),
                time(result.max()),
                Optional.ofNullable(result.cpuMicros()).map(Report::count).orElse("-"),
                Optional.ofNullable(result.cpuPercent()).map(Report::count).orElse("-"),
                Optional.ofNullable(comparison.raw())
                        .map(raw -> count(raw.perSecond()))
                        .orElse("-"),
                Optional.ofNullable(comparison.ratio()).map(Report::ratio).orElse("-"),
                comparison.goal());
    }

    void failed(Case measured, Exception e) {
        out.printf(Locale.ROOT, "%-26s failed: %s%n", measured.name(), e.getMessage());
    }

    void names(List<Case> cases) {
        cases.forEach(each -> out.printf("%-26s %s%n", each.name(), each.goal()));
    }

    private static String count(Double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }

    private static String time(double milliseconds) {
        return String.format(Locale.ROOT, "%.2f", milliseconds);
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
