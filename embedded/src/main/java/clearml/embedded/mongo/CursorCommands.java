package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Errors;
import clearml.embedded.mongo.language.Values;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;

/** getMore and killCursors. */
final class CursorCommands {

    private final Cursors cursors;

    CursorCommands(Cursors cursors) {
        this.cursors = cursors;
    }

    void register(Commands commands) {
        commands.add("getMore", this::getMore);
        commands.add("killCursors", this::kill);
    }

    private Document getMore(Request request) {
        if (!(request.get("getMore") instanceof Number id)) {
            throw Errors.typeMismatch("getMore needs the id of a cursor");
        }
        return cursors.next(id.longValue(), request.get("batchSize"));
    }

    private Document kill(Request request) {
        List<Object> killed = new ArrayList<>();
        List<Object> unknown = new ArrayList<>();
        for (Object id : Values.list(request.get("cursors"), "killCursors")) {
            boolean known = id instanceof Number n && cursors.kill(n.longValue());
            (known ? killed : unknown).add(id);
        }
        return new Document("cursorsKilled", killed)
                .append("cursorsNotFound", unknown)
                .append("cursorsAlive", List.of())
                .append("cursorsUnknown", List.of());
    }
}
