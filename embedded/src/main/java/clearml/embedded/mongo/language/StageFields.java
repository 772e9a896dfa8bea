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

    /** The fields that the stages of an update may read or change; null when that may be any. */
    static @Nullable Set<String> changed(List<?> stages) {
        Set<String> fields = new HashSet<>();
        for (Object stage : stages) {
            if (!(stage instanceof Document d)) {
                return null;
            }
            Object spec = d.getOrDefault("$set", d.get("$addFields"));
            if (spec instanceof Document set) {
                Set<String> read = FieldReferences.of(set);
                if (read == null) {
                    return null;
                }
                fields.addAll(read);
                set.keySet().forEach(path -> fields.add(FieldPath.topOf(path)));
            } else if (d.containsKey("$unset")) {
                Object names = d.get("$unset");
                List<?> all = names instanceof List<?> l ? l : Collections.singletonList(names);
                all.forEach(name -> fields.add(FieldPath.topOf(String.valueOf(name))));
            } else {
                return null;
            }
        }
        return fields;
    }

    private boolean add(@Nullable Set<String> more) {
        return more != null && (fields.addAll(more) || true);
    }
}
