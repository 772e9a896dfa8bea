package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A compiled filter document. */
public final class Filter {

    /** A condition on a whole document. {@code position} takes the index of the array element that satisfied it. */
    interface Condition {
        boolean test(Document document, int @Nullable [] position);
    }

    private final Condition condition;
    private final @Nullable Set<String> fields;
    private final boolean empty;
    private final @Nullable TextSearch text;

    Filter(Condition condition, @Nullable Set<String> fields, boolean empty, @Nullable TextSearch text) {
        this.condition = condition;
        this.fields = fields;
        this.empty = empty;
        this.text = text;
    }

    /** Compiles a filter. Fields named in {@code $text} are those of the collection's text index. */
    public static Filter of(Document query, Collation collation, List<String> textFields) {
        return new FilterParser(collation, textFields, Scope.NO_VARIABLES).parse(query);
    }

    /** Compiles a filter without {@code $text}. */
    public static Filter of(Document query, Collation collation) {
        return of(query, collation, List.of());
    }

    /** Whether the filter accepts every document. */
    public boolean empty() {
        return empty;
    }

    /** The top-level fields it looks at; null when that may be any. */
    public @Nullable Set<String> fields() {
        return fields;
    }

    /** How well a document fits what is searched by {@code $text}; 0 without that. */
    double textScore(Document document) {
        return text == null ? 0 : text.score(document);
    }

    /** Whether the document satisfies the filter. */
    public boolean test(Document document) {
        return condition.test(document, null);
    }

    /** The array index that the positional operator {@code $} stands for, -1 when the filter went through no array. */
    public int position(Document document) {
        int[] position = {-1};
        condition.test(document, position);
        return position[0];
    }
}
