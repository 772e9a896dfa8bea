package clearml.apiserver.store.elastic;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The points of a series.
 *
 * @param x whole numbers, or texts where the search asked for a format
 * @param y null where nothing has a value
 */
public record SeriesPoints(String metric, String variant, List<Object> x, List<@Nullable Double> y) {

    SeriesPoints(String metric, String variant) {
        this(metric, variant, new ArrayList<>(), new ArrayList<>());
    }

    void add(Object x, @Nullable Double y) {
        this.x.add(x);
        this.y.add(y);
    }
}
