package clearml.embedded.mongo.language;

import clearml.embedded.mongo.language.Pipeline.Stage;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code $unwind}. */
final class UnwindStage implements Stage {

    private final FieldPath path;
    private final boolean keepEmpty;
    private final @Nullable String indexField;

    private UnwindStage(FieldPath path, boolean keepEmpty, @Nullable String indexField) {
        this.path = path;
        this.keepEmpty = keepEmpty;
        this.indexField = indexField;
    }

    static UnwindStage of(@Nullable Object spec) {
        Object path = spec instanceof Document d ? d.get("path") : spec;
        if (!(path instanceof String s) || !s.startsWith("$")) {
            throw Errors.location(28818, "path option to $unwind stage should be prefixed with a '$': " + path);
        }
        Document options = spec instanceof Document d ? d : new Document();
        return new UnwindStage(
                Expressions.path(s.substring(1)), Values.truthy(options.get("preserveNullAndEmptyArrays")), (String)
                        options.get("includeArrayIndex"));
    }

    @Override
    public Stream<Document> apply(Stream<Document> documents) {
        return documents.flatMap(this::unwind);
    }

    private Stream<Document> unwind(Document document) {
        Object value = document;
        for (String part : path.parts()) {
            value = value instanceof Document d ? d.getOrDefault(part, Values.MISSING) : Values.MISSING;
        }
        if (value instanceof List<?> list && !list.isEmpty()) {
            return IntStream.range(0, list.size()).mapToObj(i -> indexed(with(document, list.get(i)), (long) i));
        }
        if (value instanceof List || Values.absent(value)) {
            Document rest = value instanceof List ? with(document, Values.MISSING) : document;
            return keepEmpty ? Stream.of(indexed(rest, null)) : Stream.of();
        }
        return Stream.of(indexed(document, null));
    }

    private Document indexed(Document document, @Nullable Long index) {
        if (indexField == null) {
            return document;
        }
        Document with = document.clone();
        with.put(indexField, index);
        return with;
    }

    private Document with(Document document, @Nullable Object element) {
        Document copy = document.clone();
        Document at = copy;
        String[] parts = path.parts();
        for (int i = 0; i < parts.length - 1; i++) {
            Document inner = at.get(parts[i]) instanceof Document d ? d.clone() : new Document();
            at.put(parts[i], inner);
            at = inner;
        }
        if (element == Values.MISSING) {
            at.remove(parts[parts.length - 1]);
        } else {
            at.put(parts[parts.length - 1], element);
        }
        return copy;
    }
}
