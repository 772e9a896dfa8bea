package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Values;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Makes of stored documents what a filter, an order or a pipeline looks at: the fields that it needs. */
final class Excerpt {

    private final @Nullable FieldNames fields;
    private final KeptFields kept;
    private final int @Nullable [] positions;

    private Excerpt(@Nullable FieldNames fields, KeptFields kept, int @Nullable [] positions) {
        this.fields = fields;
        this.kept = kept;
        this.positions = positions;
    }

    /** @param fields top-level ones; null for whole documents */
    static Excerpt of(@Nullable Collection<String> fields, KeptFields kept) {
        return new Excerpt(FieldNames.of(fields), kept, fields == null ? null : kept.positions(fields));
    }

    /** For a query of few documents: what is not kept yet is not worth it. */
    static Excerpt ofFew(@Nullable Collection<String> fields, KeptFields kept) {
        return new Excerpt(FieldNames.of(fields), kept, null);
    }

    Document of(StoredDocument.Version version) {
        Document known = positions == null ? null : known(version.kept(kept), positions);
        return known == null ? version.content().decode(fields) : known;
    }

    private @Nullable Document known(@Nullable Object[] values, int[] wanted) {
        Document document = new Document();
        for (int position : wanted) {
            Object value = values[position];
            if (value == KeptFields.ELSEWHERE) {
                return null;
            }
            if (value != Values.MISSING) {
                document.put(kept.name(position), value);
            }
        }
        return document;
    }
}
