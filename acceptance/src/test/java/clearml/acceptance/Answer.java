package clearml.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a server answered. */
record Answer(int status, Map<String, List<String>> headers, byte[] body) {

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNameLength(Integer.MAX_VALUE)
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNumberLength(Integer.MAX_VALUE)
                            .maxNestingDepth(100_000)
                            .build())
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    String text() {
        return new String(body, UTF_8);
    }

    Optional<String> header(String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream())
                .findFirst();
    }

    List<String> headers(String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
                .flatMap(header -> header.getValue().stream())
                .toList();
    }

    JsonNode json() {
        return JSON.readTree(body);
    }

    JsonNode meta() {
        return json().path("meta");
    }

    JsonNode data() {
        return json().path("data");
    }

    /** Result code and subcode as {@code "400/12"}. */
    String code() {
        return meta().path("result_code").asInt() + "/"
                + meta().path("result_subcode").asInt();
    }

    String message() {
        return meta().path("result_msg").asString();
    }

    /** Asserts success, and returns itself. */
    Answer ok() {
        assertThat(status).as("status of %s", brief()).isEqualTo(200);
        assertThat(code()).as("result of %s", brief()).isEqualTo("200/0");
        return this;
    }

    /** Asserts an error in the envelope: HTTP status, code and subcode, and data that is an object. */
    Answer fails(String code) {
        isEnvelope();
        assertThat(code()).as("result of %s", brief()).isEqualTo(code);
        return this;
    }

    /** Asserts an error in the envelope and its exact message. */
    Answer fails(String code, String message) {
        fails(code);
        assertThat(message()).isEqualTo(message);
        return this;
    }

    /** Asserts what every client needs of any answer, good or bad. */
    Answer isEnvelope() {
        assertThat(header("Content-Type")).as("content type of %s", brief()).contains("application/json");
        assertThat(meta().isObject()).as("envelope in %s", brief()).isTrue();
        assertThat(meta().path("result_code").asInt()).as("code of %s", brief()).isEqualTo(status);
        assertThat(meta().path("id").asString()).matches("[0-9a-f]{32}");
        assertThat(meta().path("trx").isString()).isTrue();
        assertThat(meta().path("endpoint").isObject()).isTrue();
        assertThat(meta().path("result_msg").isString()).isTrue();
        assertThat(data().isObject()).as("data of %s", brief()).isTrue();
        return this;
    }

    private String brief() {
        return status + " " + (body.length > 600 ? text().substring(0, 600) + "..." : text());
    }
}
