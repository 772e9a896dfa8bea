package clearml.apiserver.store.elastic;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which write of a document it was that a search found; the search must ask for {@code seq_no_primary_term}. */
public record DocumentVersion(long sequence, long primaryTerm) {

    /** The version of a hit. */
    public static DocumentVersion of(Map<String, @Nullable Object> hit) {
        if (hit.get("_seq_no") instanceof Number sequence && hit.get("_primary_term") instanceof Number term) {
            return new DocumentVersion(sequence.longValue(), term.longValue());
        }
        throw new IllegalArgumentException("a hit without _seq_no");
    }
}
