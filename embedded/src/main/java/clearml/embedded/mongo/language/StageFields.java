package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.Document;
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

    private boolean add(@Nullable Set<String> more) {
        return more != null && (fields.addAll(more) || true);
    }
}
