package clearml.bench;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What has nothing to do with events, while Elasticsearch accepts connections and never answers: its process, which must be
 * one of this machine, is suspended for as long as there are clients.
 */
final class OthersMeanwhile {

    private static final int TASKS = 200;

    private final Target target;
    private final URI elastic;
    private final long process;
    private int clients;

    OthersMeanwhile(Target target) throws IOException {
        this.target = target;
        this.elastic = target.elastic().orElseThrow();
        this.process = process();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> signal("-CONT")));
    }

    private long process() throws IOException {
        try (HttpConnection connection = new HttpConnection(elastic)) {
            byte[] answer = connection
                    .send(Message.plain(elastic).get("/_nodes/process"))
                    .body();
            JsonNode nodes = JsonMapper.shared().readTree(answer).path("nodes");
            return nodes.valueStream()
                    .findFirst()
                    .orElseThrow()
                    .at("/process/id")
                    .asLong();
        }
    }

    Workload workload() throws IOException {
        Session session = Session.open(target);
        List<String> tasks = Tasks.create(session, session.project(), TASKS);
        String queue = session.call("queues.create", "{\"name\":\"bench " + UUID.randomUUID() + "\"}")
                .path("id")
                .asString();
        Workload.ClientFactory calls = HttpCalls.to(
                target.api(), number -> request(session, tasks.get((int) (number / 5 % TASKS)), queue, number));
        return Workload.calls("others meanwhile", () -> new Meanwhile(calls.make()));
    }

    private static byte[] request(Session session, String task, String queue, long number) {
        Message message = session.message();
        return switch ((int) (number % 5)) {
            case 0 -> message.json("/tasks.get_by_id", "{\"task\":\"" + task + "\"}");
            case 1 -> message.json("/tasks.edit", "{\"task\":\"" + task + "\",\"comment\":\"" + number + "\"}");
            case 2 -> message.json("/queues.get_by_id", "{\"queue\":\"" + queue + "\"}");
            case 3 -> message.json("/queues.get_next_task", "{\"queue\":\"" + queue + "\"}");
            default ->
                message.json(
                        "/workers.status_report",
                        "{\"worker\":\"bench:" + number % 50 + "\",\"queues\":[\"" + queue + "\"],\"timestamp\":"
                                + System.currentTimeMillis()
                                + ",\"machine_stats\":{\"cpu_usage\":[37.5],\"memory_used\":12034.5}}");
        };
    }

    private synchronized void begun() {
        if (clients++ == 0) {
            signal("-STOP");
        }
    }

    private synchronized void ended() {
        if (--clients == 0) {
            signal("-CONT");
        }
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", signal, Long.toString(process)).start().waitFor();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Meanwhile implements Client {

        private final Client calls;

        Meanwhile(Client calls) {
            this.calls = calls;
            begun();
        }

        @Override
        public boolean call(long number) throws Exception {
            return calls.call(number);
        }

        @Override
        public void close() throws Exception {
            ended();
            calls.close();
        }
    }
}
