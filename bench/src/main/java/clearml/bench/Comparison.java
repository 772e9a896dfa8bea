package clearml.bench;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A result, the raw result of the same run, and their ratio. */
record Comparison(
        String name,
        String goal,
        Result result,
        @Nullable Result raw,
        @Nullable Double ratio) {

    static Comparison of(Case measured, Result result, Optional<Result> raw) {
        return new Comparison(
                measured.name(),
                measured.goal(),
                result,
                raw.orElse(null),
                raw.map(bare -> result.perSecond() / bare.perSecond()).orElse(null));
    }
}
