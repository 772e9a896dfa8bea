package clearml.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tasks like those of a training run, with some tens of parameters. */
final class Tasks {

    private static final int PARAMETERS = 20;

    private Tasks() {}

    /** The body of a {@code tasks.create} as the SDK sends it. */
    static String request(String project) {
        return "{\"name\":\"bench task\",\"type\":\"training\",\"project\":\"" + project
                + "\",\"comment\":\"made by the bench\",\"tags\":[\"bench\"],\"input\":{\"view\":{}},\"system_tags\":[\"development\"],"
                + "\"hyperparams\":{\"Args\":{" + parameters() + "}},"
                + "\"script\":{\"repository\":\"https://git.example.com/bench.git\",\"branch\":\"main\",\"entry_point\":\"train.py\","
                + "\"working_dir\":\".\",\"requirements\":{\"pip\":\"numpy==1.26.4\\npandas==2.2.3\\n\"}}}";
    }

    /** Makes tasks and returns their ids. */
    static List<String> create(Session session, String project, int count) throws IOException {
        List<String> ids = new ArrayList<>(count);
        byte[] request = session.message().json("/tasks.create", request(project));
        try (HttpConnection connection = new HttpConnection(session.api())) {
            for (int i = 0; i < count; i++) {
                ids.add(connection.send(request).data().path("id").asString());
            }
        }
        return ids;
    }

    private static String parameters() {
        return IntStream.range(0, PARAMETERS)
                .mapToObj(i ->
                        "\"p%d\":{\"section\":\"Args\",\"name\":\"p%d\",\"value\":\"%d\",\"type\":\"int\",\"description\":\"\"}"
                                .formatted(i, i, i))
                .collect(Collectors.joining(","));
    }
}
