package clearml.bench;

import com.mongodb.client.MongoClient;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Agents that ask queues for work. Long queues are written into the store at once, so they need its address. */
final class QueueCases {

    private static final String GET = "/v2.14/queues.get_next_task";

    /** Entries in all queues of a case. */
    private static final int ENTRIES = 40_000;

    /** So many short ones that each is filled up long before it is empty. */
    private static final int MOST_QUEUES = 400;

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
                this::pollEmpty,
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
                () -> pull(length),
                Optional.empty());
    }

    private Workload pollEmpty() throws IOException {
        byte[] request = request(Session.open(target), queues(1).get(0));
        return Workload.calls("queues.get_next_task", HttpCalls.to(target.api(), request));
    }

    private Workload pull(int length) throws IOException {
        Session session = Session.open(target);
        List<String> ids = queues(Math.min(ENTRIES / length, MOST_QUEUES));
        FilledQueues queues =
                new FilledQueues(mongo.orElseThrow().getDatabase("backend").getCollection("queue"), ids, length);
        List<byte[]> requests = ids.stream().map(id -> request(session, id)).toList();
        return Workload.calls("queues.get_next_task", () -> new PullingClient(target.api(), requests, queues::pulled));
    }

    private static byte[] request(Session session, String queue) {
        return session.message().json(GET, "{\"queue\":\"" + queue + "\"}");
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
}
