package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionsTest {

    @Test
    void withoutAVersionTheNewestIsTaken() {
        var text = Api.anonymous().call("debug.ping").ok().text();

        assertThat(text).contains("\"requested_version\":\"2.34\",\"actual_version\":\"1.0\"");
    }

    @ParameterizedTest
    @CsvSource({
        "2.34, '\"2.34\"'",
        "2.1, '\"2.1\"'",
        "2.13, '\"2.13\"'",
        "999.0, '\"999.0\"'",
        "1.5, 1.5",
        "1.0, 1.0",
    })
    void theRequestedVersionIsAStringFromTwoPointOneOnAndANumberBelow(String version, String json) {
        var text = Api.anonymous().call("v" + version + "/debug.ping").ok().text();

        assertThat(text).contains("\"requested_version\":" + json + ",");
    }

    @ParameterizedTest
    @CsvSource({"1.0, 1.0", "2.7, 1.0", "2.8, 2.8", "2.9, 2.8", "2.11, 2.8", "2.12, 2.12", "2.34, 2.12", "999.0, 2.12"})
    void theHighestImplementationNotAboveTheRequestedVersionAnswers(String requested, String actual) {
        var answer = Api.user().call("v" + requested + "/server.info").ok();

        assertThat(answer.meta().at("/endpoint/actual_version").asString()).isEqualTo(actual);
    }

    @ParameterizedTest
    @CsvSource({
        "auth.logout, 2.1, 2.2",
        "login.logout, 2.12, 2.13",
    })
    void anEndpointBeginsWithItsFirstVersion(String endpoint, String before, String first) {
        Api.anonymous().call("v" + before + "/" + endpoint).fails("404/0");

        var answer = Api.user().call("v" + first + "/" + endpoint).ok();
        assertThat(answer.meta().at("/endpoint/actual_version").asString()).isEqualTo(first);
    }

    @Test
    void versionsAreComparedByPartsAndNotAsText() {
        var ten = Api.user().call("v2.10/server.info").ok();

        assertThat(ten.meta().at("/endpoint/actual_version").asString()).isEqualTo("2.8");
    }

    @Test
    void theSchemaVersionDoesNotRoute() {
        Api.user().call("v1.0/auth.get_credentials").ok();
        Api.user().call("v1.0/server.report_stats_option").ok();
    }
}
