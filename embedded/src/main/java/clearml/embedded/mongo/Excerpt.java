package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Values;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Makes of stored documents what a filter, an order or a pipeline looks at: the fields that it needs. For one thread at a
 * time.
 */
final class Excerpt {

    private final @Nullable FieldNames fields;
    private final KeptFields kept;
    private final int @Nullable [] positions;
    private final Document passing = new Document();

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
        return in(new Document(), version);
    }

    /** The same to look at until the next one is asked for: a query over thousands of documents has room for one. */
    Document passing(StoredDocument.Version version) {
        return in(passing, version);
    }

    private Document in(Document room, StoredDocument.Version version) {
        boolean known = positions != null && fill(room, version.kept(kept), positions);
        return known ? room : version.content().decode(fields);
    }

    private boolean fill(Document room, @Nullable Object[] values, int[] wanted) {
        for (int position : wanted) {
            Object value = values[position];
            if (value == KeptFields.ELSEWHERE) {
                return false;
            }
            if (value == Values.MISSING) {
                room.remove(kept.name(position));
            } else {
                room.put(kept.name(position), value);
            }
        }
        return true;
    }
}
