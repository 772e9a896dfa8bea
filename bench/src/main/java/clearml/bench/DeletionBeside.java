package clearml.bench;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.stream.Collectors;

/** Reads one task again and again, while somebody else deletes 1,000 tasks with events in one call. */
final class DeletionBeside implements Client {

    private static final int TASKS = 1_000;
    private static final int EVENTS = 20;

    private final Session session;
    private final Queue<List<String>> victims;
    private final HttpConnection connection;
    private final byte[] request;
    private final Thread deletion;

    private DeletionBeside(Session session, String task, Queue<List<String>> victims) throws IOException {
        this.session = session;
        this.victims = victims;
        this.connection = new HttpConnection(session.api());
        this.request = session.message().json("/v2.23/tasks.get_by_id", "{\"task\":\"" + task + "\"}");
        this.deletion = new Thread(this::delete, "deletion");
    }

    /** Two times 1,000 tasks with events, one for warming up. */
    static Workload prepare(Target target) throws IOException {
        Session session = Session.open(target);
        String project = session.project();
        Queue<List<String>> victims = new ArrayDeque<>();
        for (int i = 0; i < 2; i++) {
            List<String> tasks = Tasks.create(session, project, TASKS);
            try (HttpConnection connection = new HttpConnection(session.api())) {
                for (String task : tasks) {
                    connection
                            .send(session.message()
                                    .post(
                                            "/v2.23/events.add_batch",
                                            "application/json-lines",
                                            Events.scalars(task, 0, EVENTS)))
                            .data();
                }
            }
            victims.add(tasks);
        }
        String task = session.task(project);
        return Workload.calls("get_by_id", () -> new DeletionBeside(session, task, victims));
    }

    @Override
    public boolean call(long number) throws IOException {
        if (number == 0) {
            deletion.start();
        }
        return connection.sendAndDrain(request) == 200;
    }

    private void delete() {
        List<String> tasks = victims.remove();
        String ids = tasks.stream().map(id -> '"' + id + '"').collect(Collectors.joining(",", "[", "]"));
        long start = System.nanoTime();
        try {
            int deleted = session.call("tasks.delete_many", "{\"ids\":" + ids + ",\"force\":true}")
                    .path("succeeded")
                    .size();
            System.out.printf("  %d tasks deleted in %.1f s%n", deleted, (System.nanoTime() - start) / 1e9);
        } catch (IOException e) {
            System.out.println("  deletion: " + e);
        }
    }

    @Override
    public void close() throws Exception {
        deletion.join();
        connection.close();
    }
}
