package clearml.apiserver.events;

import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The update of a task's or model's statistics by one batch, as one {@code $set} stage: every expression sees the document
 * as it was, so that concurrent batches lose nothing and readers see no half of it.
 */
final class StatisticsUpdate {

    private final Document set = new Document();

    Document stage() {
        return new Document("$set", set);
    }

    void changed(Date now, String user) {
        set.append("last_update", now).append("last_change", now).append("last_changed_by", literal(user));
    }

    void activeDuration(Date now, Date started) {
        set.append("active_duration", number(Math.floorDiv(now.getTime() - started.getTime(), 1000L)));
    }

    void lastIteration(long iteration) {
        set.append("last_iteration", new Document("$max", List.of("$last_iteration", number(iteration))));
    }

    /** The newest event (ms) of a metric and type. */
    void lastEvent(String metric, EventType type, long timestamp) {
        String path = "metric_stats." + Md5.hex(metric);
        String lastUpdate = path + ".event_stats_by_type." + type.wireName() + ".last_update";
        set.append(path + ".metric", literal(metric))
                .append(lastUpdate, new Document("$max", List.of("$" + lastUpdate, timestamp)));
    }

    void series(Collection<SeriesTotals> series) {
        if (!series.isEmpty()) {
            List<String> names = series.stream().map(SeriesTotals::name).toList();
            set.append(
                    "unique_metrics",
                    new Document("$setUnion", List.of(or("unique_metrics", List.of()), literal(names))));
            series.forEach(this::oneSeries);
        }
    }

    private void oneSeries(SeriesTotals totals) {
        String path = "last_metrics." + Md5.hex(totals.metric()) + "." + Md5.hex(totals.variant()) + ".";
        set.append(path + "metric", literal(totals.metric()))
                .append(path + "variant", literal(totals.variant()))
                .append(path + "value", totals.last());
        if (totals.xAxisLabel() != null) {
            set.append(path + "x_axis_label", literal(totals.xAxisLabel()));
        }
        replace(path + "first_value", isMissing(path + "first_value"), totals.first(), totals.firstIteration());
        replace(
                path + "min_value",
                isMissingOr("$gt", path + "min_value", totals.min()),
                totals.min(),
                totals.minIteration());
        replace(
                path + "max_value",
                isMissingOr("$lt", path + "max_value", totals.max()),
                totals.max(),
                totals.maxIteration());
        mean(path, totals);
    }

    private void replace(String path, Document condition, Number value, long iteration) {
        String iterationPath = path + "_iteration";
        set.append(path, new Document("$cond", List.of(condition, value, "$" + path)))
                .append(
                        iterationPath,
                        new Document("$cond", List.of(condition, number(iteration), "$" + iterationPath)));
    }

    /** Not rounded, unlike in the reference: two decimals make nothing of a small loss. */
    private void mean(String path, SeriesTotals totals) {
        Document oldTotal = new Document("$multiply", List.of(or(path + "mean_value", 0), or(path + "count", 0)));
        Document count = new Document("$add", List.of(or(path + "count", 0), totals.count()));
        Document total = new Document("$add", List.of(oldTotal, totals.total()));
        set.append(path + "mean_value", new Document("$divide", List.of(total, count)))
                .append(path + "count", count);
    }

    private static Document isMissing(String path) {
        Document valueOrNull = new Document("$ifNull", Arrays.asList("$" + path, null));
        return new Document("$eq", Arrays.asList(valueOrNull, null));
    }

    private static Document isMissingOr(String comparison, String path, Number value) {
        Document compared = new Document(comparison, List.of("$" + path, value));
        return new Document("$or", List.of(isMissing(path), compared));
    }

    private static Document or(String path, Object otherwise) {
        return new Document("$ifNull", List.of("$" + path, otherwise));
    }

    private static Document literal(@Nullable Object value) {
        return new Document("$literal", value);
    }

    private static Number number(long value) {
        return value == (int) value ? (Number) (int) value : (Number) value;
    }
}
