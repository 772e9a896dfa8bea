package clearml.bench;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.bson.Document;

/** Agents that ask queues for work. Long queues are written into the store at once, so they need its address. */
final class QueueCases {

    private static final String GET = "/v2.14/queues.get_next_task";

    /** Entries in all queues of a case: no measurement may empty them. */
    private static final int ENTRIES = 40_000;

    private final Target target;
    private final Optional<MongoClient> mongo;

    QueueCases(Target target, Optional<MongoClient> mongo) {
        this.target = target;
        this.mongo = mongo;
    }

    List<Case> all() {
        List<Case> cases = new ArrayList<>();
        cases.add(new Case(
                "queues.get_next_task-empty",
                "2,500/s, 0.8 of findAndModify behind a bare controller",
                () -> pull(queues(1)),
                mongo.map(client -> this::barePull)));
        if (mongo.isPresent()) {
            cases.add(filled(10));
            cases.add(filled(10_000));
        }
        return cases;
    }

    private Case filled(int length) {
        return new Case(
                "queues.get_next_task-" + length,
                "1,500/s, 10,000 entries not slower than 10",
                () -> {
                    List<String> queues = queues(ENTRIES / length);
                    queues.forEach(queue -> fill(queue, length));
                    return pull(queues);
                },
                Optional.empty());
    }

    private Workload pull(List<String> queues) throws IOException {
        Session session = Session.open(target);
        List<byte[]> requests = queues.stream()
                .map(queue -> session.message().json(GET, "{\"queue\":\"" + queue + "\"}"))
                .toList();
        return Workload.calls(
                "queues.get_next_task",
                HttpCalls.to(target.api(), number -> requests.get((int) (number % requests.size()))));
    }

    private Workload barePull() throws IOException {
        URI bare = BareServer.address(mongo);
        String queue = queues(1).get(0);
        return Workload.calls(
                "bare findAndModify", HttpCalls.to(bare, Message.plain(bare).get("/pop/" + queue)));
    }

    private List<String> queues(int number) throws IOException {
        Session session = Session.open(target);
        List<String> queues = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            queues.add(session.call("queues.create", "{\"name\":\"bench " + UUID.randomUUID() + "\"}")
                    .path("id")
                    .asString());
        }
        return queues;
    }

    private void fill(String queue, int length) {
        MongoCollection<Document> stored =
                mongo.orElseThrow().getDatabase("backend").getCollection("queue");
        List<Document> entries = IntStream.range(0, length)
                .mapToObj(i ->
                        new Document("task", UUID.randomUUID().toString().replace("-", "")).append("added", new Date()))
                .toList();
        stored.updateOne(Filters.eq("_id", queue), Updates.set("entries", entries));
    }
}
