package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells which fields of its input a pipeline reads, so that no others need decoding. */
final class StageFields {

    private final Set<String> fields = new HashSet<>();
    private final Collation collation;

    private StageFields(Collation collation) {
        this.collation = collation;
    }

    static @Nullable Set<String> of(List<?> stages, Collation collation) {
        StageFields collector = new StageFields(collation);
        for (Object stage : stages) {
            if (!(stage instanceof Document d) || d.size() != 1) {
                return null;
            }
            Map.Entry<String, Object> entry = d.entrySet().iterator().next();
            switch (entry.getKey()) {
                case "$match" -> {
                    if (!collector.add(Filter.of((Document) entry.getValue(), collector.collation)
                            .fields())) {
                        return null;
                    }
                }
                case "$sort" ->
                    collector.fields.addAll(SortOrder.of((Document) entry.getValue(), collector.collation)
                            .topFields());
                case "$skip", "$limit" -> {}
                case "$unwind" -> collector.add(FieldReferences.of(entry.getValue()));
                case "$group", "$sortByCount" -> {
                    return collector.add(FieldReferences.of(entry.getValue())) ? collector.fields : null;
                }
                case "$count" -> {
                    return collector.fields;
                }
                case "$project" -> {
                    return entry.getValue() instanceof Document spec
                                    && !spec.isEmpty()
                                    && collector.add(Projection.ofStage(spec).fields())
                            ? collector.fields
                            : null;
                }
                default -> {
                    return null;
                }
            }
        }
        return null;
    }

    /**
     * The fields that the stages of an update may read or change; null when that may be any. It is also null when a stage
     * may make a field anew that one before it has dropped: that one comes last then, behind all others.
     */
    static @Nullable Set<String> changed(List<?> stages) {
        Set<String> fields = new HashSet<>();
        Set<String> whole = new HashSet<>();
        for (Object stage : stages) {
            List<String> paths = stage instanceof Document d ? changedBy(d) : null;
            Set<String> read = FieldReferences.of(stage);
            if (paths == null
                    || read == null
                    || paths.stream().anyMatch(path -> whole.contains(FieldPath.topOf(path)))) {
                return null;
            }
            fields.addAll(read);
            for (String path : paths) {
                String top = FieldPath.topOf(path);
                fields.add(top);
                if (path.equals(top)) {
                    whole.add(top);
                }
            }
        }
        return fields;
    }

    private static @Nullable List<String> changedBy(Document stage) {
        Object set = stage.getOrDefault("$set", stage.get("$addFields"));
        if (set instanceof Document fields) {
            return List.copyOf(fields.keySet());
        }
        Object names = stage.get("$unset");
        List<?> all = names instanceof List<?> l ? l : Collections.singletonList(names);
        return names == null ? null : all.stream().map(String::valueOf).toList();
    }

    private boolean add(@Nullable Set<String> more) {
        return more != null && (fields.addAll(more) || true);
    }
}
