package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A compiled sort document. */
public final class SortOrder {

    /** One field of a sort; {@code score} stands for how well a text search fits, the best first. */
    public record Field(FieldPath path, boolean ascending, boolean score) {}

    /** Something with the keys that it sorts by. */
    public record Keyed<T>(T value, @Nullable Object[] keys) {}

    private final List<Field> fields;
    private final Collation collation;
    private final @Nullable Filter search;

    private SortOrder(List<Field> fields, Collation collation, @Nullable Filter search) {
        this.fields = fields;
        this.collation = collation;
        this.search = search;
    }

    /** Compiles a sort document; {@code $natural} alone sorts nothing. */
    public static SortOrder of(@Nullable Document sort, Collation collation) {
        List<Field> fields = new ArrayList<>();
        if (sort != null) {
            sort.forEach((name, direction) -> {
                if (name.equals("$natural")) {
                    return;
                }
                if (direction instanceof Document d && "textScore".equals(d.get("$meta"))) {
                    fields.add(new Field(FieldPath.of(name), false, true));
                    return;
                }
                if (!(direction instanceof Number n) || Math.abs(n.doubleValue()) != 1) {
                    throw direction instanceof Document
                            ? Errors.unsupported("sorting by " + direction)
                            : Errors.location(
                                    15975, "$sort key ordering must be 1 (for ascending) or -1 (for descending)");
                }
                fields.add(new Field(FieldPath.of(name), n.doubleValue() > 0, false));
            });
        }
        return new SortOrder(fields, collation, null);
    }

    /** The same order, in which scores are those of the filter's text search. */
    public SortOrder scoredBy(Filter filter) {
        return new SortOrder(fields, collation, filter);
    }

    /** Whether it leaves the order as it is. */
    public boolean empty() {
        return fields.isEmpty();
    }

    /** The fields, most significant first. */
    public List<Field> fields() {
        return fields;
    }

    /** The top-level fields that it reads. */
    public Set<String> topFields() {
        Set<String> top = new LinkedHashSet<>();
        fields.forEach(field -> top.add(field.path().top()));
        return top;
    }

    /** The document's keys for {@link #compare}. */
    public @Nullable Object[] keys(Document document) {
        @Nullable Object[] keys = new Object[fields.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key(fields.get(i), document);
        }
        return keys;
    }

    private @Nullable Object key(Field field, Document document) {
        if (field.score()) {
            return search == null ? 0.0 : search.textScore(document);
        }
        return field.path().sortKey(document, field.ascending(), collation);
    }

    /** Order of two keys. */
    public int compare(@Nullable Object[] a, @Nullable Object[] b) {
        for (int i = 0; i < a.length; i++) {
            int order = Values.compare(a[i], b[i], collation);
            if (order != 0) {
                return fields.get(i).ascending() ? order : -order;
            }
        }
        return 0;
    }

    /** Sorts documents, computing the keys of each once. */
    Stream<Document> sort(Stream<Document> documents) {
        return documents
                .map(d -> new Keyed<>(d, keys(d)))
                .sorted((a, b) -> compare(a.keys(), b.keys()))
                .map(Keyed::value);
    }

    /** Order of array elements by 1, -1 or a sort document. */
    static Comparator<@Nullable Object> elements(@Nullable Object by, Collation collation) {
        if (by instanceof Document d) {
            SortOrder order = of(d, collation);
            return (a, b) -> order.compare(order.keysOf(a), order.keysOf(b));
        }
        if (by instanceof Number n && Math.abs(n.doubleValue()) == 1) {
            Comparator<@Nullable Object> natural = ArrayOperators.natural(collation);
            return n.intValue() > 0 ? natural : natural.reversed();
        }
        throw Errors.badValue(
                "The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields");
    }

    private @Nullable Object[] keysOf(@Nullable Object element) {
        if (element instanceof Document d) {
            return keys(d);
        }
        @Nullable Object[] none = new Object[fields.size()];
        Arrays.fill(none, null);
        return none;
    }
}
