package clearml.bench;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** What agents do all the time, and who looks at them. */
final class WorkerCases {

    private static final int WORKERS = 500;

    private static final int AGENTS = 1_000;
    private static final int POLLS_PER_REPORT = 6;

    /** Each polls every 5 s and reports every 30 s. */
    private static final int AGENT_CALLS_PER_SECOND = (AGENTS * (POLLS_PER_REPORT + 1) + 29) / 30;

    private final Target target;

    WorkerCases(Target target) {
        this.target = target;
    }

    List<Case> all() {
        return List.of(
                new Case("workers.status_report", "2,000/s", this::report, Optional.empty()),
                new Case("workers.get_all", "500 workers, under 40 ms", this::list, Optional.empty()).by(1),
                new Case("agents", "1,000 of them, under 15 % of one core over 60 s", this::agents, Optional.empty())
                        .atRate(AGENT_CALLS_PER_SECOND));
    }

    /** What agents of many machines send every 30 s, each with a task. */
    private Workload report() throws IOException {
        Session session = Session.open(target);
        String queue = queue(session);
        List<String> tasks = Tasks.create(session, session.project(), WORKERS);
        return Workload.calls("workers.status_report", HttpCalls.to(target.api(), number -> {
            int worker = (int) (number * 7919 % WORKERS);
            return session.message().json("/workers.status_report", report(worker, queue, tasks.get(worker)));
        }));
    }

    /** Agents at their pace: polls of empty queues, two each, and reports of machines that are at work. */
    private Workload agents() throws IOException {
        Session session = Session.open(target);
        List<String> queues = List.of(queue(session), queue(session));
        List<String> tasks = Tasks.create(session, session.project(), AGENTS);
        return Workload.calls("agents", HttpCalls.to(target.api(), number -> {
            int turn = (int) (number % (POLLS_PER_REPORT + 1));
            int agent = (int) (number / (POLLS_PER_REPORT + 1) % AGENTS);
            return turn == 0
                    ? session.message()
                            .json("/workers.status_report", report(agent, queues.get(agent % 2), tasks.get(agent)))
                    : session.message()
                            .json("/v2.14/queues.get_next_task", "{\"queue\":\"" + queues.get(turn % 2) + "\"}");
        }));
    }

    private Workload list() throws IOException {
        Session session = Session.open(target);
        String queue = queue(session);
        List<String> tasks = Tasks.create(session, session.project(), WORKERS);
        try (HttpConnection connection = new HttpConnection(target.api())) {
            for (int worker : IntStream.range(0, WORKERS).toArray()) {
                connection.send(
                        session.message().json("/workers.status_report", report(worker, queue, tasks.get(worker))));
            }
        }
        return Workload.calls(
                "workers.get_all", HttpCalls.to(target.api(), session.message().json("/workers.get_all", "{}")));
    }

    private static String queue(Session session) throws IOException {
        return session.call("queues.create", "{\"name\":\"bench " + UUID.randomUUID() + "\"}")
                .path("id")
                .asString();
    }

    private static String report(int worker, String queue, String task) {
        return """
                {"worker":"bench-%d:gpu0","timestamp":%d,"queues":["%s"],"queue":"%s","task":"%s","tags":null,"is_daemon":true,
                 "machine_stats":{"cpu_usage":[37.5],"cpu_temperature":[51.0],"memory_used":12034.5,"memory_free":3456.7,
                  "disk_free_home":812345.0,"disk_read":0.5,"disk_write":1.5,"network_tx":0.1,"network_rx":2.3,
                  "gpu_usage":[93.0],"gpu_temperature":[71.0],"gpu_memory_free":[1234.0],"gpu_memory_used":[22345.0]}}""".formatted(worker, System.currentTimeMillis(), queue, queue, task);
    }
}
