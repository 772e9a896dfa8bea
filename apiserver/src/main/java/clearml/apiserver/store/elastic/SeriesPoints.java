package clearml.apiserver.store.elastic;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The points of a series.
 *
 * @param x whole numbers, or texts where the search asked for a format
 * @param y null where nothing has a value
 * @param min least values, where the search asked for statistics; else empty
 * @param max greatest values, likewise
 */
public record SeriesPoints(
        String metric,
        String variant,
        List<Object> x,
        List<@Nullable Double> y,
        List<@Nullable Double> min,
        List<@Nullable Double> max) {

    SeriesPoints(String metric, String variant) {
        this(metric, variant, new ArrayList<>(), new ArrayList<>());
    }

    SeriesPoints(String metric, String variant, List<Object> x, List<@Nullable Double> y) {
        this(metric, variant, x, y, new ArrayList<>(), new ArrayList<>());
    }
}
