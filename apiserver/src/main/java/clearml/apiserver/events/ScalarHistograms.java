package clearml.apiserver.events;

import clearml.apiserver.store.elastic.ElasticException;
import clearml.apiserver.store.elastic.Queries;
import clearml.apiserver.store.elastic.SeriesPoints;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Scalars thinned out to what a chart can show: averages over equal steps of the axis. */
@Component
class ScalarHistograms {

    /** Bounds what the answer to one request can be. */
    private static final int SEARCHES_PER_REQUEST = 8;

    private static final String POINTS = "points";
    private static final String VALUES = "values";

    private final EventSearch search;
    private final SeriesSearch seriesSearch;

    ScalarHistograms(EventSearch search, SeriesSearch seriesSearch) {
        this.search = search;
        this.seriesSearch = seriesSearch;
    }

    /**
     * @param samples the most points a series should have, about
     * @param bounds whether the least and the greatest value at each point are wanted as well
     */
    record Request(ScalarKey key, int samples, List<MetricVariants> metrics, boolean bounds) {}

    /** A series: its points, and what its axis is called if something was said about it. */
    record Points(SeriesPoints series, @Nullable Object xAxisLabel) {

        String metric() {
            return series.metric();
        }

        String variant() {
            return series.variant();
        }

        Map<String, Object> named(String name) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("name", name);
            answer.put("x", series.x());
            answer.put("y", series.y());
            if (!series.min().isEmpty()) {
                answer.put("min", series.min());
                answer.put("max", series.max());
            }
            if (xAxisLabel != null) {
                answer.put("x_axis_label", xAxisLabel);
            }
            return answer;
        }
    }

    /** @param entities with {@code last_metrics}; the answer has a list for each of them */
    List<List<Points>> of(List<ReadableEntity> entities, Request request) {
        search.prepare(EventSearch.scope(entities, EventType.TRAINING_STATS_SCALAR));
        List<List<SeriesSearch.Series>> series = inRequests(
                entities,
                some -> seriesSearch.ofAll(
                        some.stream().map(ScalarHistograms::scope).toList(),
                        some.stream().map(entity -> base(entity, request)).toList(),
                        HistogramIntervals.aggregations(request.key())));
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < entities.size(); i++) {
            for (HistogramIntervals.Group group : HistogramIntervals.groups(series.get(i), request.samples())) {
                parts.add(new Part(i, entities.get(i), group));
            }
        }
        return points(entities.size(), parts, request);
    }

    private List<List<Points>> points(int entities, List<Part> parts, Request request) {
        List<List<SeriesPoints>> answers = inRequests(parts, some -> read(some, request));
        List<List<Points>> points = new ArrayList<>();
        for (int i = 0; i < entities; i++) {
            points.add(new ArrayList<>());
        }
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            for (SeriesPoints one : answers.get(i)) {
                Object label = label(part.entity(), one.metric(), one.variant());
                points.get(part.position()).add(new Points(one, label));
            }
        }
        return points;
    }

    private static <T, R> List<R> inRequests(List<T> searches, Function<List<T>, List<R>> request) {
        List<R> answers = new ArrayList<>();
        for (int from = 0; from < searches.size(); from += SEARCHES_PER_REQUEST) {
            int to = Math.min(from + SEARCHES_PER_REQUEST, searches.size());
            answers.addAll(request.apply(searches.subList(from, to)));
        }
        return answers;
    }

    /** In one request, or in several where there would be more buckets than Elasticsearch is willing to make. */
    private List<List<SeriesPoints>> read(List<Part> parts, Request request) {
        try {
            return atOnce(parts, request);
        } catch (ElasticException e) {
            if (!e.tooManyBuckets()) {
                throw e;
            }
        }
        return parts.stream()
                .map(part -> SeriesSearch.inHalves(
                        part.group().series(),
                        some -> atOnce(List.of(part.of(some)), request).get(0)))
                .toList();
    }

    private List<List<SeriesPoints>> atOnce(List<Part> parts, Request request) {
        return search.seriesOfAll(
                parts.stream().map(part -> scope(part.entity())).toList(),
                parts.stream().map(part -> body(part, request)).toList(),
                request.key() == ScalarKey.ISO_TIME);
    }

    private static EventScope scope(ReadableEntity entity) {
        return EventScope.of(entity, EventType.TRAINING_STATS_SCALAR);
    }

    private static EventQuery base(ReadableEntity entity, Request request) {
        return EventQuery.ofTask(entity.id()).iterated().metrics(request.metrics());
    }

    private static Map<String, Object> body(Part part, Request request) {
        Map<String, List<String>> variants = new LinkedHashMap<>();
        part.group()
                .series()
                .forEach(series -> variants.computeIfAbsent(series.metric(), metric -> new ArrayList<>())
                        .add(series.variant()));
        List<MetricVariants> exactly = variants.entrySet().stream()
                .map(entry -> new MetricVariants(entry.getKey(), entry.getValue()))
                .toList();
        EventQuery query = base(part.entity(), request).metrics(exactly);
        return Queries.aggregating(
                query.query(),
                SeriesSearch.tree(Map.of(POINTS, histogram(request, part.group().interval()))));
    }

    private static Map<String, Object> histogram(Request request, long interval) {
        ScalarKey key = request.key();
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("field", key.field());
        settings.put("min_doc_count", 1);
        if (key == ScalarKey.ITER) {
            settings.put("interval", interval);
        } else {
            settings.put("fixed_interval", interval + "ms");
        }
        if (key == ScalarKey.ISO_TIME) {
            settings.put("format", "strict_date_time");
        }
        String type = key == ScalarKey.ITER ? "histogram" : "date_histogram";
        return Queries.aggregation(
                type, settings, Map.of(VALUES, Queries.metric(request.bounds() ? "stats" : "avg", "value")));
    }

    private static @Nullable Object label(ReadableEntity entity, String metric, String variant) {
        List<String> path = List.of("last_metrics", Md5.hex(metric), Md5.hex(variant), "x_axis_label");
        Object value = entity.document();
        for (String name : path) {
            value = value instanceof Document document ? document.get(name) : null;
        }
        return value;
    }

    private record Part(int position, ReadableEntity entity, HistogramIntervals.Group group) {

        Part of(List<HistogramIntervals.Series> some) {
            return new Part(position, entity, new HistogramIntervals.Group(group.interval(), some));
        }
    }
}
