package clearml.embedded.mongo;

import clearml.embedded.mongo.CollectionWriter.Changed;
import clearml.embedded.mongo.language.Errors;
import clearml.embedded.mongo.language.Filter;
import clearml.embedded.mongo.language.Update;
import de.bwaldvogel.mongo.bson.Document;
import java.util.function.Function;

/** findAndModify. */
final class FindAndModifyCommand {

    private final Catalog catalog;

    FindAndModifyCommand(Catalog catalog) {
        this.catalog = catalog;
    }

    void register(Commands commands) {
        commands.add("findAndModify", this::run);
    }

    private Document run(Request request) {
        boolean remove = request.flag("remove", false);
        boolean returnNew = request.flag("new", false);
        Object spec = request.get("update");
        if (remove == (spec != null)) {
            throw Errors.failedToParse(
                    remove
                            ? "Cannot specify both an update and remove=true"
                            : "Either an update or remove=true must be specified");
        }
        if (remove && returnNew) {
            throw Errors.failedToParse(
                    "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document");
        }
        Query query = Query.of(request.get("query"), request.get("sort"), null, null, request.collation());
        Update update = remove ? null : Update.of(spec, request.get("arrayFilters"), query.collation());
        CollectionWriter writer = new CollectionWriter(catalog.getOrCreate(request.namespace()));
        Changed changed;
        try {
            changed = writer.findAndModify(query, update, request.flag("upsert", false));
        } finally {
            catalog.file().commit();
        }
        return answer(request, query, changed, remove, returnNew);
    }

    private static Document answer(Request request, Query query, Changed changed, boolean remove, boolean returnNew) {
        boolean existing = changed.before() != null;
        Document last = new Document("n", existing || changed.upserted() != null ? 1 : 0);
        if (!remove) {
            last.put("updatedExisting", existing);
        }
        if (changed.upserted() != null) {
            last.put("upserted", changed.upserted());
        }
        Content value = returnNew ? changed.after() : changed.before();
        return new Document("lastErrorObject", last)
                .append("value", value == null ? null : shape(request, query).apply(value));
    }

    private static Function<Content, Object> shape(Request request, Query query) {
        return Shapes.of(request.document("fields"), Filter.of(query.filter(), query.collation()), query.collation());
    }
}
