package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTest {

    private static final String UNREADABLE =
            "The browser (or proxy) sent a request that this server could not understand.";

    @ParameterizedTest
    @ValueSource(strings = {"{}\n\n{}", "{}\nx", "{\n}", "{}\n \n"})
    void aBlankOrBrokenLineIsRefused(String body) {
        lines(body).fails("400/0", UNREADABLE);
    }

    @Test
    void everyLineHoldsAnObject() {
        lines("{}\n[1]").fails("400/0", "json lines must contain objects, found: list");
    }

    @Test
    void anEndpointWithoutModelSeesNothingOfTheLinesAndNoQuery() {
        var answer = Api.anonymous()
                .request("/debug.ping?q=1")
                .body("application/json-lines", "{\"a\":1}\n{\"b\":2}")
                .send()
                .ok();

        assertThat(answer.text()).contains("\"data\":{\"msg\":\"ClearML server\"}");
    }

    @Test
    void noLinesAreAnEmptyRequest() {
        lines("").ok();
    }

    @Test
    void withACharsetItIsReadAsPlainJson() {
        Api.anonymous()
                .request("/debug.ping")
                .body("application/json-lines; charset=utf-8", "{\"a\":1}\n{\"b\":2}")
                .send()
                .fails("400/0", UNREADABLE);
    }

    @Test
    void aTypedEndpointDoesNotTakeABatch() {
        var answer = Api.user()
                .request("/auth.login")
                .body("application/json-lines", "{\"expiration_sec\":60}\n{}")
                .send()
                .isEnvelope();

        // 500 in the reference
        assertThat(answer.status()).isIn(400, 500);
    }

    private static Answer lines(String body) {
        return Api.anonymous()
                .request("/debug.ping")
                .body("application/json-lines", body)
                .send();
    }
}
