package clearml.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.ThreadLocalRandom;

/** Batches of events, as the SDK sends them and as Elasticsearch takes them. */
final class Events {

    private static final int SERIES = 10;

    private Events() {}

    /** JSON lines of scalars over ten series, the iterations of batch {@code number}. */
    static byte[] scalars(String task, long number, int count) {
        StringBuilder lines = new StringBuilder(count * 160);
        for (int i = 0; i < count; i++) {
            lines.append("{\"type\":\"training_stats_scalar\",\"task\":\"").append(task);
            scalar(lines, number, i, count).append("}\n");
        }
        return lines.toString().getBytes(UTF_8);
    }

    static byte[] log(String task, int count) {
        StringBuilder lines = new StringBuilder(count * 200);
        long now = System.currentTimeMillis();
        for (int i = 0; i < count; i++) {
            lines.append("{\"type\":\"log\",\"task\":\"").append(task);
            line(lines, now, i).append("}\n");
        }
        return lines.toString().getBytes(UTF_8);
    }

    /** A bulk request with documents as the server stores them. */
    static byte[] bulkScalars(String index, String task, long number, int count) {
        StringBuilder lines = new StringBuilder(count * 220);
        for (int i = 0; i < count; i++) {
            action(lines, index, task);
            scalar(lines, number, i, count);
            lines.append(",\"company_id\":\"d1bd92a3b039400cbafc60a7a5b1e52b\",\"worker\":\"bench\"}\n");
        }
        return lines.toString().getBytes(UTF_8);
    }

    static byte[] bulkLog(String index, String task, int count) {
        StringBuilder lines = new StringBuilder(count * 260);
        long now = System.currentTimeMillis();
        for (int i = 0; i < count; i++) {
            action(lines, index, task);
            line(lines, now, i).append(",\"company_id\":\"d1bd92a3b039400cbafc60a7a5b1e52b\"}\n");
        }
        return lines.toString().getBytes(UTF_8);
    }

    private static void action(StringBuilder lines, String index, String task) {
        lines.append("{\"index\":{\"_index\":\"")
                .append(index)
                .append("\",\"_id\":\"")
                .append(id())
                .append("\",\"routing\":\"");
        lines.append(task).append("\"}}\n{\"type\":\"x\",\"task\":\"").append(task);
    }

    private static String id() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
    }

    private static StringBuilder scalar(StringBuilder lines, long number, int i, int count) {
        long iteration = number * (count / SERIES) + i / SERIES;
        return lines.append("\",\"iter\":")
                .append(iteration)
                .append(",\"metric\":\"loss\",\"variant\":\"series ")
                .append(i % SERIES)
                .append("\",\"value\":")
                .append(1.0 / (1 + iteration))
                .append(",\"timestamp\":")
                .append(System.currentTimeMillis());
    }

    private static StringBuilder line(StringBuilder lines, long now, int i) {
        return lines.append("\",\"level\":\"INFO\",\"worker\":\"host:1\",\"timestamp\":")
                .append(now + i)
                .append(",\"msg\":\"epoch 1 step ")
                .append(i)
                .append(" loss 0.123456 accuracy 0.654321 learning rate 0.001\"");
    }
}
