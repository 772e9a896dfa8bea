package clearml.apiserver.query;

import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bson.RawBsonDocument;

/** Rows that are made of stored documents each time they are read. */
final class Rows extends AbstractList<Map<String, Object>> {

    private final List<RawBsonDocument> documents;
    private final EntityReader reader;
    private final Projection projection;
    private final Consumer<Map<String, Object>> change;

    Rows(List<RawBsonDocument> documents, EntityReader reader, Projection projection) {
        this(documents, reader, projection, row -> {});
    }

    private Rows(
            List<RawBsonDocument> documents,
            EntityReader reader,
            Projection projection,
            Consumer<Map<String, Object>> change) {
        this.documents = documents;
        this.reader = reader;
        this.projection = projection;
        this.change = change;
    }

    Rows each(Consumer<Map<String, Object>> more) {
        return new Rows(documents, reader, projection, change.andThen(more));
    }

    @Override
    public Map<String, Object> get(int index) {
        Map<String, Object> row = reader.read(documents.get(index), projection);
        change.accept(row);
        return row;
    }

    @Override
    public int size() {
        return documents.size();
    }
}
