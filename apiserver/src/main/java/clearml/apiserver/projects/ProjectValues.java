package clearml.apiserver.projects;

import clearml.apiserver.projects.ProjectContents.Kind;
import clearml.apiserver.query.KeyEscaping;
import clearml.apiserver.query.QueryLimits;
import com.mongodb.client.AggregateIterable;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Collation;
import com.mongodb.client.model.Facet;
import com.mongodb.client.model.Field;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What there is to filter by and to compare in projects: metrics, hyperparameters, metadata of models. */
@Component
class ProjectValues {

    private static final Collation NUMERIC =
            Collation.builder().locale("en_US").numericOrdering(true).build();

    private final ProjectContents contents;

    ProjectValues(ProjectContents contents) {
        this.contents = contents;
    }

    /** A part of a list: from {@code page * size} on, at most {@code size}. */
    record Part(int skip, int size) {

        private static final int DEFAULT_SIZE = 500;

        static Part of(@Nullable Long page, @Nullable Long size) {
            int limit = size == null ? DEFAULT_SIZE : clamped(Math.max(1, size));
            long first = page == null ? 0 : (long) clamped(Math.max(0, page)) * limit;
            return new Part(clamped(first), limit);
        }

        private static int clamped(long number) {
            return (int) Math.min(Integer.MAX_VALUE, number);
        }
    }

    /**
     * A part of the values that there are.
     *
     * @param total how many there are altogether
     */
    record Found<T>(long total, List<T> values) {

        /** How many come after the part. */
        long remaining(Part part) {
            return Math.max(0, total - part.skip() - values.size());
        }
    }

    /** {@code {metric, metric_hash, variant, variant_hash}} of all metrics in use, by metric and variant. */
    List<Map<String, Object>> metricVariants(Kind kind, Bson condition, String company) {
        List<Bson> pipeline = List.of(
                Aggregates.match(Filters.and(ProjectContents.visible(company), condition)),
                entries("metric", "$last_metrics"),
                Aggregates.unwind("$metric"),
                entries("variant", "$metric.v"),
                Aggregates.unwind("$variant"),
                Aggregates.group(new Document("metric", "$variant.v.metric")
                        .append("variant", "$variant.v.variant")
                        .append("metric_hash", "$metric.k")
                        .append("variant_hash", "$variant.k")),
                Aggregates.sort(Sorts.ascending("_id.metric", "_id.variant")));
        List<Map<String, Object>> found = new ArrayList<>();
        run(kind, pipeline, null).forEach(row -> {
            Document names = row.get("_id", new Document());
            Map<String, Object> metric = new LinkedHashMap<>();
            for (String name : List.of("metric", "metric_hash", "variant", "variant_hash")) {
                metric.put(name, names.get(name));
            }
            found.add(metric);
        });
        return found;
    }

    /** {@code {section, name}} of all hyperparameters in use, ordered as they are stored. */
    Found<Map<String, Object>> hyperparameters(Bson condition, Part part, String company) {
        Bson keys = Aggregates.group(new Document("section", "$section.k").append("name", "$item.k"));
        Found<Document> found = page(
                Kind.TASK,
                List.of(
                        Aggregates.match(Filters.and(ProjectContents.visible(company), condition)),
                        entries("section", "$hyperparams"),
                        Aggregates.unwind("$section"),
                        entries("item", "$section.v"),
                        Aggregates.unwind("$item"),
                        keys,
                        Aggregates.sort(Sorts.ascending("_id.section", "_id.name"))),
                part,
                null);
        return new Found<>(
                found.total(),
                found.values().stream().map(ProjectValues::hyperparameter).toList());
    }

    private static Map<String, Object> hyperparameter(Document row) {
        Document key = row.get("_id", new Document());
        Map<String, Object> parameter = new LinkedHashMap<>();
        parameter.put("section", KeyEscaping.unescape(key.getString("section")));
        parameter.put("name", KeyEscaping.unescape(key.getString("name")));
        return parameter;
    }

    /** All keys in use in the metadata of models, ordered as they are stored. */
    Found<String> metadataKeys(Bson condition, Part part, String company) {
        Found<Document> found = page(
                Kind.MODEL,
                List.of(
                        Aggregates.match(Filters.and(ProjectContents.visible(company), condition)),
                        entries("item", "$metadata"),
                        Aggregates.unwind("$item"),
                        Aggregates.group("$item.k"),
                        Aggregates.sort(Sorts.ascending("_id"))),
                part,
                null);
        return new Found<>(
                found.total(),
                found.values().stream()
                        .map(row -> KeyEscaping.unescape(String.valueOf(row.get("_id"))))
                        .toList());
    }

    /** The distinct values of a path, digits in them ordered as numbers. */
    Found<Object> values(Kind kind, String path, Bson condition, Part part) {
        Found<Document> found = page(
                kind,
                List.of(
                        Aggregates.match(Filters.and(Filters.exists(path), condition)),
                        Aggregates.group("$" + path),
                        Aggregates.sort(Sorts.ascending("_id"))),
                part,
                NUMERIC);
        return new Found<>(
                found.total(),
                found.values().stream().map(row -> row.get("_id")).toList());
    }

    /** The members of an object as a list of {@code {k, v}}; none if the stored thing is no object. */
    private static Bson entries(String name, String object) {
        Document isObject = new Document("$eq", List.of(new Document("$type", object), "object"));
        Document members = new Document("$objectToArray", object);
        return Aggregates.addFields(new Field<>(name, new Document("$cond", List.of(isObject, members, List.of()))));
    }

    private Found<Document> page(Kind kind, List<Bson> pipeline, Part part, @Nullable Collation collation) {
        List<Bson> all = new ArrayList<>(pipeline);
        all.add(Aggregates.facet(
                new Facet("page", Aggregates.skip(part.skip()), Aggregates.limit(part.size())),
                new Facet("all", Aggregates.count("total"))));
        Document found = run(kind, all, collation).get(0);
        List<Document> total = found.getList("all", Document.class, List.of());
        return new Found<>(
                total.isEmpty() ? 0 : ProjectContents.number(total.get(0), "total"),
                found.getList("page", Document.class, List.of()));
    }

    private List<Document> run(Kind kind, List<Bson> pipeline, @Nullable Collation collation) {
        AggregateIterable<Document> found = contents.of(kind)
                .aggregate(pipeline)
                .allowDiskUse(true)
                .maxTime(QueryLimits.DEFAULT.maxTime().toMillis(), TimeUnit.MILLISECONDS);
        if (collation != null) {
            found.collation(collation);
        }
        return found.into(new ArrayList<>());
    }
}
