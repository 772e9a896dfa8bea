package clearml.bench;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Goes through all tasks of some projects in pages of 500; one call is the whole way. */
final class ScrollingClient implements Client {

    private final Session session;
    private final HttpConnection connection;
    private final String projects;

    ScrollingClient(Session session, List<String> projects) throws IOException {
        this.session = session;
        this.connection = new HttpConnection(session.api());
        this.projects = projects.stream().map(id -> '"' + id + '"').collect(Collectors.joining(",", "[", "]"));
    }

    @Override
    public boolean call(long number) throws IOException {
        String scroll = "null";
        int seen = 0;
        while (true) {
            JsonNode page = connection
                    .send(session.message()
                            .json(
                                    "/tasks.get_all_ex",
                                    "{\"project\":" + projects
                                            + ",\"size\":500,\"order_by\":[\"-last_update\"],\"scroll_id\":" + scroll
                                            + ",\"only_fields\":[\"id\",\"name\",\"status\"]}"))
                    .data();
            int rows = page.path("tasks").size();
            if (rows == 0) {
                return seen == TaskTable.TASKS;
            }
            seen += rows;
            scroll = page.path("scroll_id").toString();
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
