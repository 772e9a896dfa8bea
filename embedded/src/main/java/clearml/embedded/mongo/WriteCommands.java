package clearml.embedded.mongo;

import clearml.embedded.mongo.CollectionWriter.Updated;
import clearml.embedded.mongo.language.Collation;
import clearml.embedded.mongo.language.Errors;
import clearml.embedded.mongo.language.Update;
import clearml.embedded.mongo.language.Values;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** insert, update and delete. */
final class WriteCommands {

    /** Runs one statement of a command. */
    private interface Statement {
        void run(Document statement, int index);
    }

    private final Catalog catalog;

    WriteCommands(Catalog catalog) {
        this.catalog = catalog;
    }

    void register(Commands commands) {
        commands.add("insert", this::insert);
        commands.add("update", this::update);
        commands.add("delete", this::delete);
    }

    private CollectionWriter writer(Namespace namespace) {
        return new CollectionWriter(catalog.getOrCreate(namespace));
    }

    private Document insert(Request request) {
        CollectionWriter writer = writer(request.namespace());
        int[] inserted = {0};
        Document answer = new Document("n", 0);
        run(request, "documents", answer, (document, index) -> {
            writer.insert(document);
            inserted[0]++;
        });
        answer.put("n", inserted[0]);
        return answer;
    }

    /** Runs all statements, or up to the first that fails when they are ordered; returns when all is in the file. */
    private void run(Request request, String field, Document answer, Statement statement) {
        boolean ordered = request.flag("ordered", true);
        List<Document> errors = new ArrayList<>();
        int index = 0;
        try {
            for (Object each : Values.list(request.get(field), request.name())) {
                try {
                    statement.run(Values.document(each, field), index);
                } catch (MongoServerError e) {
                    if (e.getCode() == Errors.TIME_IS_OVER) {
                        throw e;
                    }
                    errors.add(error(index, e));
                    if (ordered) {
                        break;
                    }
                }
                index++;
            }
        } finally {
            catalog.file().commit();
        }
        if (!errors.isEmpty()) {
            answer.put("writeErrors", errors);
        }
    }

    private static Document error(int index, MongoServerError e) {
        Document error = new Document("index", index).append("code", e.getCode());
        if (e instanceof DuplicateKey duplicate) {
            error.append("keyPattern", duplicate.pattern()).append("keyValue", duplicate.value());
        }
        return error.append("errmsg", e.getMessageWithoutErrorCode());
    }

    private Document update(Request request) {
        CollectionWriter writer = writer(request.namespace());
        int[] counts = {0, 0};
        List<Document> upserted = new ArrayList<>();
        Document answer = new Document("n", 0);
        run(request, "updates", answer, (statement, index) -> {
            Updated done = update(writer, statement);
            counts[0] += done.matched() + (done.upserted() == null ? 0 : 1);
            counts[1] += done.modified();
            if (done.upserted() != null) {
                upserted.add(new Document("index", index).append("_id", done.upserted()));
            }
        });
        answer.put("n", counts[0]);
        if (!upserted.isEmpty()) {
            answer.put("upserted", upserted);
        }
        return answer.append("nModified", counts[1]);
    }

    private static Updated update(CollectionWriter writer, Document statement) {
        Collation collation = Collation.of(statement.get("collation"));
        boolean multi = Values.truthy(statement.get("multi"));
        Update update = Update.of(statement.get("u"), statement.get("arrayFilters"), collation);
        if (multi && update.replacement()) {
            throw new MongoServerError(
                    9, "FailedToParse", "multi update is not supported for replacement-style update");
        }
        return writer.update(query(statement, null, collation), update, multi, Values.truthy(statement.get("upsert")));
    }

    private static Query query(Document statement, @Nullable Object limit, Collation collation) {
        return Query.of(statement.get("q"), statement.get("sort"), null, limit, collation);
    }

    private Document delete(Request request) {
        CollectionWriter writer = writer(request.namespace());
        int[] deleted = {0};
        Document answer = new Document("n", 0);
        run(
                request,
                "deletes",
                answer,
                (statement, index) -> deleted[0] += writer.delete(
                        query(statement, statement.get("limit"), Collation.of(statement.get("collation")))));
        answer.put("n", deleted[0]);
        return answer;
    }
}
