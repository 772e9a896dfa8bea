package clearml.embedded.mongo.language;

import clearml.embedded.mongo.language.Pipeline.Stage;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compiles the stages of a pipeline. */
final class Stages {

    private final Collation collation;
    private final Source source;
    private final Map<String, @Nullable Object> variables;

    Stages(Collation collation, Source source, Map<String, @Nullable Object> variables) {
        this.collation = collation;
        this.source = source;
        this.variables = variables;
    }

    Stage compile(String name, @Nullable Object spec) {
        return switch (name) {
            case "$match" -> match(document(name, spec));
            case "$project" -> projected(Projection.ofStage(document(name, spec)));
            case "$addFields", "$set" -> projected(Projection.added(document(name, spec)));
            case "$unset" -> unset(spec);
            case "$sort" -> {
                SortOrder order = SortOrder.of(document(name, spec), collation);
                yield order::sort;
            }
            case "$skip" -> {
                long count = count(name, spec);
                yield documents -> documents.skip(count);
            }
            case "$limit" -> {
                long count = count(name, spec);
                yield documents -> documents.limit(count);
            }
            case "$group" -> new GroupStage(document(name, spec), collation, variables);
            case "$unwind" -> UnwindStage.of(spec);
            case "$count" -> counted(spec);
            case "$sortByCount" -> sortByCount(spec);
            case "$replaceRoot" -> replaceRoot(document(name, spec).get("newRoot"));
            case "$replaceWith" -> replaceRoot(spec);
            case "$facet" -> facet(document(name, spec));
            case "$lookup" -> new LookupStage(document(name, spec), collation, source, variables);
            case "$unionWith" -> union(spec);
            case "$sample" -> sample(document(name, spec));
            case "$bucket" -> new BucketStage(document(name, spec), collation, variables);
            case "$out",
                    "$merge",
                    "$graphLookup",
                    "$geoNear",
                    "$setWindowFields",
                    "$bucketAuto",
                    "$densify",
                    "$fill",
                    "$redact",
                    "$indexStats",
                    "$collStats",
                    "$changeStream",
                    "$documents" -> throw Errors.unsupported(name);
            default -> throw Errors.location(40324, "Unrecognized pipeline stage name: '" + name + "'");
        };
    }

    private Scope scope(Document document) {
        return new Scope(document, variables, collation);
    }

    private static Document document(String name, @Nullable Object spec) {
        if (spec instanceof Document d) {
            return d;
        }
        throw Errors.location(15959, "the " + name + " specification must be an object");
    }

    private static long count(String name, @Nullable Object spec) {
        if (spec instanceof Number n && n.longValue() >= 0 && (n.longValue() > 0 || name.equals("$skip"))) {
            return n.longValue();
        }
        throw Errors.location(15958, "invalid argument to " + name + " stage: the limit must be positive");
    }

    private Stage match(Document query) {
        Filter filter = new FilterParser(collation, List.of(), variables).parse(query);
        return documents -> documents.filter(filter::test);
    }

    private Stage projected(Projection projection) {
        return documents -> documents.map(d -> projection.apply(d, scope(d)));
    }

    private Stage unset(@Nullable Object spec) {
        Document dropped = new Document();
        List<?> names = spec instanceof List<?> l ? l : Collections.singletonList(spec);
        for (Object name : names) {
            if (!(name instanceof String s)) {
                throw Errors.location(31002, "$unset specification must be a string or an array");
            }
            dropped.put(s, 0);
        }
        return projected(Projection.ofStage(dropped));
    }

    private static Stage counted(@Nullable Object name) {
        if (!(name instanceof String field) || field.isEmpty()) {
            throw Errors.location(40156, "the count field must be a non-empty string");
        }
        return documents -> {
            long count = documents.count();
            Object number = (int) count == count ? (Object) (int) count : (Object) count;
            return count == 0 ? Stream.of() : Stream.of(new Document(field, number));
        };
    }

    private Stage sortByCount(@Nullable Object by) {
        Stage group =
                new GroupStage(new Document("_id", by).append("count", new Document("$sum", 1)), collation, variables);
        SortOrder order = SortOrder.of(new Document("count", -1), collation);
        return documents -> order.sort(group.apply(documents));
    }

    private Stage replaceRoot(@Nullable Object spec) {
        Expression root = Expressions.parse(spec);
        return documents -> documents.map(d -> {
            if (root.evaluate(scope(d)) instanceof Document replaced) {
                return replaced;
            }
            throw Errors.location(40228, "'newRoot' expression must evaluate to an object");
        });
    }

    private Stage facet(Document spec) {
        Document compiled = new Document();
        spec.forEach((name, stages) -> compiled.put(name, stages));
        return documents -> {
            List<Document> input = documents.toList();
            Document result = new Document();
            compiled.forEach((name, stages) -> result.put(
                    name,
                    new ArrayList<>(Pipeline.of(Values.list(stages, "$facet"), collation, source, variables)
                            .apply(input.stream())
                            .toList())));
            return Stream.of(result);
        };
    }

    private Stage union(@Nullable Object spec) {
        String collection = spec instanceof Document d ? String.valueOf(d.get("coll")) : String.valueOf(spec);
        List<?> stages = spec instanceof Document d && d.get("pipeline") instanceof List<?> l ? l : List.of();
        Supplier<Stream<Document>> others = source.pipeline(collection, stages);
        return documents -> Stream.concat(documents, others.get());
    }

    private static Stage sample(Document spec) {
        int size = spec.get("size") instanceof Number n ? n.intValue() : 0;
        return documents -> {
            List<Document> all = new ArrayList<>(documents.toList());
            Collections.shuffle(all);
            return all.stream().limit(size);
        };
    }
}
