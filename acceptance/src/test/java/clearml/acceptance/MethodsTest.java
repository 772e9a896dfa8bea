package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MethodsTest {

    private final Api api = Api.anonymous();

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "PROPFIND", "FETCHIT"})
    void everyMethodReadsTheBodyAndDoesTheSame(String method) {
        var answer = api.request("/debug.ping")
                .method(method)
                .json("{\"a\":1}")
                .send()
                .ok();

        assertThat(answer.text()).contains("\"data\":{\"msg\":\"ClearML server\",\"a\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "FETCHIT"})
    void everyMethodWorksWithoutABody(String method) {
        api.request("/debug.ping").method(method).send().ok();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT"})
    void logInWorksWithTheMethodsThatClientsCanBeConfiguredTo(String method) {
        var answer = api.basic(Server.underTest().user())
                .request("/auth.login")
                .method(method)
                .send()
                .ok();

        assertThat(answer.data().path("token").asString()).isNotEmpty();
    }

    @Test
    void headHasTheStatusAndNoBody() {
        var good = api.request("/debug.ping").method("HEAD").send();
        var bad = api.request("/v2/debug.ping").method("HEAD").send();

        assertThat(good.status()).isEqualTo(200);
        assertThat(good.body()).isEmpty();
        assertThat(bad.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/debug.ping", "/v2.34/tasks.get_all", "/", "/nobody.knows", "/v2/x"})
    void optionsIsAnEmptySuccessOnAnyPath(String path) {
        var answer = api.request(path).method("OPTIONS").send();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void optionsIsLabelledAsTheReferenceDoes() {
        var type = api.request("/debug.ping").method("OPTIONS").send().header("Content-Type");

        assertThat(type.map(text -> text.replace(" ", ""))).contains("text/html;charset=utf-8");
    }

    @Test
    void aBodyInChunksIsReadOnGetToo() {
        for (var method : new String[] {"GET", "POST"}) {
            var answer = api.request("/debug.ping")
                    .method(method)
                    .json("{\"a\":1}")
                    .chunked()
                    .send();
            assertThat(answer.ok().data().path("a").asInt()).isEqualTo(1);
        }
    }
}
