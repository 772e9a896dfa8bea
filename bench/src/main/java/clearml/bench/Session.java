package clearml.bench;

import java.io.IOException;
import java.net.URI;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A logged in caller that prepares data for the cases. */
final class Session {

    private final Target target;
    private final Message message;

    private Session(Target target, Message message) {
        this.target = target;
        this.message = message;
    }

    static Session open(Target target) throws IOException {
        Message basic = Message.basic(target.api(), target.key(), target.secret());
        try (HttpConnection connection = new HttpConnection(target.api())) {
            String token = connection
                    .send(basic.json("/auth.login", "{}"))
                    .data()
                    .path("token")
                    .asString();
            return new Session(target, basic.bearer(token));
        }
    }

    /** Requests to the API server. */
    Message message() {
        return message;
    }

    URI api() {
        return target.api();
    }

    JsonNode call(String endpoint, String body) throws IOException {
        try (HttpConnection connection = new HttpConnection(target.api())) {
            return connection.send(message.json("/" + endpoint, body)).data();
        }
    }

    /** A new project of the bench. */
    String project() throws IOException {
        String name = "bench/" + UUID.randomUUID();
        return call("projects.create", "{\"name\":\"" + name + "\"}").path("id").asString();
    }

    String task(String project) throws IOException {
        return call("tasks.create", Tasks.request(project)).path("id").asString();
    }
}
