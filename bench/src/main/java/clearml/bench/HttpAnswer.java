package clearml.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Status and body of an answer. */
record HttpAnswer(int status, byte[] body) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** The data of a success. */
    JsonNode data() {
        if (status != 200) {
            throw new IllegalStateException(status + " " + new String(body, UTF_8));
        }
        return JSON.readTree(body).path("data");
    }
}
