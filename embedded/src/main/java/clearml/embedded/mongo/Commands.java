package clearml.embedded.mongo;

import clearml.embedded.mongo.language.TimeLimit;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The commands by name. */
final class Commands {

    /** Answers a request with what comes beside {@code ok}. */
    interface Command {
        Document run(Request request);
    }

    private final Map<String, Command> byName = new HashMap<>();

    Commands(Catalog catalog) {
        Cursors cursors = new Cursors();
        new ServerCommands(catalog).register(this);
        new CursorCommands(cursors).register(this);
        new ReadCommands(catalog, cursors).register(this);
        new AggregateCommand(catalog, cursors).register(this);
        new WriteCommands(catalog).register(this);
        new FindAndModifyCommand(catalog).register(this);
        new IndexCommands(catalog).register(this);
        new CollectionCommands(catalog).register(this);
    }

    void add(String name, Command command) {
        byName.put(name.toLowerCase(Locale.ROOT), command);
    }

    Document run(String database, Document command) {
        String name = command.keySet().iterator().next();
        Command found = byName.get(name.toLowerCase(Locale.ROOT));
        if (found == null) {
            throw new MongoServerError(59, "CommandNotFound", "no such command: '" + name + "'");
        }
        Request request = new Request(database, name, command);
        Document answer = TimeLimit.of(command.get("maxTimeMS")).during(() -> found.run(request));
        answer.putIfAbsent("ok", 1.0);
        return answer;
    }
}
