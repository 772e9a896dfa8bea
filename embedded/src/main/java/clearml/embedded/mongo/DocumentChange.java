package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Filter;
import clearml.embedded.mongo.language.Update;
import clearml.embedded.mongo.language.Values;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Applies an update to documents, of which it decodes what the update and the indexes need and encodes what it changed. */
final class DocumentChange {

    /** A changed document; {@code before} and {@code after} have at least what the indexes need that are affected. */
    record Changed(Content content, Document before, Document after, Set<String> touched) {}

    private final Update update;
    private final Filter filter;
    private final @Nullable FieldNames fields;

    DocumentChange(List<CollectionIndex> indexes, Update update, Filter filter) {
        this.update = update;
        this.filter = filter;
        this.fields = FieldNames.of(fields(indexes, update, filter));
    }

    private static @Nullable Set<String> fields(List<CollectionIndex> indexes, Update update, Filter filter) {
        Set<String> used = update.fields();
        Set<String> filtered = update.positional() ? filter.fields() : Set.of();
        if (used == null || filtered == null) {
            return null;
        }
        Set<String> fields = new HashSet<>(used);
        for (CollectionIndex index : indexes) {
            if (index.topFields().stream().anyMatch(used::contains)) {
                fields.addAll(index.topFields());
            }
        }
        fields.addAll(filtered);
        fields.add("_id");
        return fields;
    }

    /** Null when the update changes nothing. */
    @Nullable
    Changed apply(Content content) {
        if (fields == null) {
            return whole(content);
        }
        Document before = content.decode(fields);
        Document after = changed(before);
        Set<String> touched = touched(before, after);
        if (touched.isEmpty()) {
            return null;
        }
        return new Changed(ContentWriter.of(content, after, fields, touched), before, after, touched);
    }

    private @Nullable Changed whole(Content content) {
        Document before = content.decode();
        Document after = changed(before);
        Set<String> touched = touched(before, after);
        return touched.isEmpty() ? null : new Changed(ContentWriter.of(after), before, after, touched);
    }

    private Document changed(Document before) {
        Document after = update.apply(before, update.positional() ? filter.position(before) : -1, false);
        checkId(before, after);
        return after;
    }

    private void checkId(Document old, Document changed) {
        Object id = old.get("_id");
        if (!changed.containsKey("_id") || !Objects.equals(id, changed.get("_id"))) {
            throw new MongoServerError(
                    66,
                    "ImmutableField",
                    update.replacement()
                            ? "After applying the update, the (immutable) field '_id' was found to have been altered to _id: "
                                    + changed.get("_id")
                            : "Performing an update on the path '_id' would modify the immutable field '_id'");
        }
    }

    private static Set<String> touched(Document old, Document changed) {
        Set<String> touched = new HashSet<>();
        changed.forEach((name, value) -> {
            Object before = old.getOrDefault(name, Values.MISSING);
            if (before != value && !Objects.equals(before, value)) {
                touched.add(name);
            }
        });
        old.keySet().forEach(name -> {
            if (!changed.containsKey(name)) {
                touched.add(name);
            }
        });
        return touched;
    }
}
