package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EnvelopeTest {

    private static final String ID = "[0-9a-f]{32}";

    private final Api api = Api.anonymous();

    @Test
    void successHasExactlyThisShape() {
        assertThat(api.call("debug.ping").text())
                .matches("\\{\"meta\":\\{\"id\":\"(" + ID + ")\",\"trx\":\"\\1\","
                        + "\"endpoint\":\\{\"name\":\"debug.ping\",\"requested_version\":\"2.34\",\"actual_version\":\"1.0\"\\},"
                        + "\"result_code\":200,\"result_subcode\":0,\"result_msg\":\"OK\",\"error_stack\":null,\"error_data\":\\{\\}\\},"
                        + "\"data\":\\{\"msg\":\"ClearML server\"\\}\\}");
    }

    @Test
    void anErrorHasExactlyThisShape() {
        assertThat(api.call("users.get_current_user").text())
                .matches("\\{\"meta\":\\{\"id\":\"(" + ID + ")\",\"trx\":\"\\1\","
                        + "\"endpoint\":\\{\"name\":\"users.get_current_user\",\"requested_version\":\"2.34\",\"actual_version\":\"1.0\"\\},"
                        + "\"result_code\":401,\"result_subcode\":20,\"result_msg\":\"Unauthorized \\(missing credentials\\)\","
                        + "\"error_stack\":null,\"error_data\":\\{\\}\\},\"data\":\\{\\}\\}");
    }

    @Test
    void everyCallHasANewId() {
        assertThat(api.call("debug.ping").meta().path("id"))
                .isNotEqualTo(api.call("debug.ping").meta().path("id"));
    }

    @Test
    void theContentTypeHasNoCharset() {
        assertThat(api.call("debug.ping").header("Content-Type")).contains("application/json");
        assertThat(api.call("debug.pong").header("Content-Type")).contains("application/json");
    }

    @Test
    void charactersOutsideAsciiAreEscapedInLowerOrUpperHexAndSlashesAreNot() {
        var text = api.call("debug.ping", "{\"a\":\"\u00fc/\u4e2d\ud83d\ude00\\u0001\\u007f\"}")
                .ok()
                .text();

        assertThat(text.chars()).as("only ASCII in %s", text).allMatch(c -> c < 128);
        assertThat(text).containsIgnoringCase("\"a\":\"\\u00fc/\\u4e2d\\ud83d\\ude00\\u0001");
    }

    @Test
    void theArgumentsComeBackInTheirOrder() {
        assertThat(api.call("debug.ping", "{\"z\":1,\"a\":{\"y\":[1,2.50,null,true],\"b\":\"\"}}")
                        .ok()
                        .text())
                .endsWith("\"data\":{\"msg\":\"ClearML server\",\"z\":1,\"a\":{\"y\":[1,2.5,null,true],\"b\":\"\"}}}");
    }

    @Test
    void anArgumentOverridesTheMessageOfPing() {
        assertThat(api.call("debug.ping", "{\"msg\":\"x\"}")
                        .ok()
                        .data()
                        .path("msg")
                        .asString())
                .isEqualTo("x");
    }

    @Test
    void membersOfTypedAnswersThatAreNullAreLeftOut() {
        var user = TestUser.create().api();

        var made = user.call("auth.create_credentials").ok().data().path("credentials");
        var listed = user.call("auth.get_credentials")
                .ok()
                .data()
                .path("credentials")
                .path(0);

        assertThat(made.propertyNames()).containsExactlyInAnyOrder("access_key", "secret_key");
        assertThat(listed.propertyNames()).containsExactly("access_key");
    }

    @Test
    void datesOfTypedAnswersHaveSixDigitsAndNoZone() {
        var text = Api.user()
                .call("server.report_stats_option", "{\"enabled\":false}")
                .ok()
                .data()
                .path("enabled_time")
                .asString();

        assertThat(text).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?");
    }

    @Test
    void datesOfDocumentsHaveAZone() {
        var user = Api.user().call("users.get_current_user").ok().data().path("user");

        if (user.has("created")) {
            assertThat(user.path("created").asString())
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?\\+00:00");
        }
    }
}
