package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A compiled update: operators, a replacement, or a pipeline. */
public final class Update {

    private interface Change {
        Document apply(Document old, int position, boolean insert);
    }

    private final Change change;
    private final boolean replacement;
    private final boolean positional;
    private final @Nullable Set<String> fields;

    private Update(Change change, boolean replacement, boolean positional, @Nullable Set<String> fields) {
        this.change = change;
        this.replacement = replacement;
        this.positional = positional;
        this.fields = fields;
    }

    /** Compiles the {@code u} of an update statement with its {@code arrayFilters}. */
    public static Update of(@Nullable Object update, @Nullable Object arrayFilters, Collation collation) {
        if (update instanceof List<?> stages) {
            return pipeline(stages, collation);
        }
        Document spec = Values.document(update, "an update");
        if (spec.isEmpty() || !spec.keySet().iterator().next().startsWith("$")) {
            return replacement(spec);
        }
        return operators(spec, arrayFilters, collation);
    }

    /** Whether it replaces the whole document. */
    public boolean replacement() {
        return replacement;
    }

    /** Whether {@code $} in a path stands for the array element that the filter found. */
    public boolean positional() {
        return positional;
    }

    /** The top-level fields that it may read or change; null when that may be any. */
    public @Nullable Set<String> fields() {
        return fields;
    }

    /**
     * The changed document; the old one stays as it is.
     *
     * @param position what {@code $} in a path stands for, -1 for nothing
     * @param insert whether the document comes from an upsert
     */
    public Document apply(Document old, int position, boolean insert) {
        return change.apply(old, position, insert);
    }

    private static Update replacement(Document spec) {
        spec.keySet().forEach(name -> {
            if (name.startsWith("$")) {
                throw new MongoServerError(
                        52,
                        "DollarPrefixedFieldName",
                        "The dollar ($) prefixed field '" + name + "' in '" + name
                                + "' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.");
            }
        });
        return new Update(
                (old, position, insert) -> {
                    Document changed = new Document();
                    if (old.containsKey("_id")) {
                        changed.put("_id", old.get("_id"));
                    }
                    changed.putAll(spec);
                    return changed;
                },
                true,
                false,
                null);
    }

    private static Update pipeline(List<?> stages, Collation collation) {
        List<String> allowed = List.of("$set", "$addFields", "$unset", "$project", "$replaceRoot", "$replaceWith");
        for (Object stage : stages) {
            String name = stage instanceof Document d && d.size() == 1
                    ? d.keySet().iterator().next()
                    : "";
            if (!allowed.contains(name)) {
                throw new MongoServerError(72, "InvalidOptions", name + " is not allowed to be used within an update");
            }
        }
        Pipeline pipeline = Pipeline.of(stages, collation, Source.NONE);
        return new Update(
                (old, position, insert) -> {
                    Document changed = pipeline.one(old);
                    if (!changed.containsKey("_id") && old.containsKey("_id")) {
                        Document withId = new Document("_id", old.get("_id"));
                        withId.putAll(changed);
                        return withId;
                    }
                    return changed;
                },
                false,
                false,
                StageFields.changed(stages));
    }

    private static Update operators(Document spec, @Nullable Object arrayFilters, Collation collation) {
        Map<String, Filter> filters = arrayFilters(arrayFilters, collation);
        List<FieldUpdate> updates = new ArrayList<>();
        spec.forEach((operator, fields) -> {
            if (!operator.startsWith("$")) {
                throw Errors.failedToParse("Unknown modifier: " + operator
                        + ". Expected a valid update modifier or pipeline-style update specified as an array");
            }
            if (!(fields instanceof Document d)) {
                throw Errors.failedToParse("Modifiers operate on fields but we found type " + BsonTypes.name(fields)
                        + " instead. For example: {$mod: {<field>: ...}} not {" + operator + ": " + fields + "}");
            }
            d.forEach((path, operand) -> updates.add(new FieldUpdate(operator, path, operand, collation)));
        });
        checkConflicts(updates);
        Set<String> fields = new HashSet<>();
        updates.forEach(update -> update.addFields(fields));
        return new Update(
                (old, position, insert) -> {
                    UpdateTarget target = new UpdateTarget(old, position, filters, insert);
                    updates.forEach(update -> update.apply(target));
                    return target.document();
                },
                false,
                updates.stream().anyMatch(update -> update.path().contains(".$")),
                fields);
    }

    private static Map<String, Filter> arrayFilters(@Nullable Object specs, Collation collation) {
        Map<String, Filter> filters = new HashMap<>();
        if (specs instanceof List<?> list) {
            for (Object spec : list) {
                Document d = Values.document(spec, "arrayFilters");
                filters.put(identifier(d), Filter.of(d, collation));
            }
        }
        return filters;
    }

    private static String identifier(Document filter) {
        for (Map.Entry<String, Object> entry : filter.entrySet()) {
            if (!entry.getKey().startsWith("$")) {
                return FieldPath.of(entry.getKey()).top();
            }
            if (entry.getValue() instanceof List<?> l && l.get(0) instanceof Document inner) {
                return identifier(inner);
            }
        }
        throw Errors.failedToParse("Cannot use an expression without a top-level field name in arrayFilters");
    }

    private static void checkConflicts(List<FieldUpdate> updates) {
        if (updates.size() < 2) {
            return;
        }
        List<String> paths = new ArrayList<>();
        updates.forEach(update -> paths.add(update.path() + "."));
        paths.sort(null);
        for (int i = 1; i < paths.size(); i++) {
            String shorter = paths.get(i - 1);
            String path = paths.get(i);
            if (path.startsWith(shorter)) {
                throw new MongoServerError(
                        40,
                        "ConflictingUpdateOperators",
                        "Updating the path '" + path.substring(0, path.length() - 1) + "' would create a conflict at '"
                                + shorter.substring(0, shorter.length() - 1) + "'");
            }
        }
    }
}
