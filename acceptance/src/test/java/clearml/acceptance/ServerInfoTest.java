package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerInfoTest {

    @Test
    void theVersionIsKnownFromTheFirstVersionOn() {
        assertThat(Api.user().call("v2.7/server.info").ok().data().propertyNames())
                .containsExactlyInAnyOrder("version", "build", "commit");
    }

    @Test
    void theInstallationIsNamedFromTwoPointEightOn() {
        var data = Api.user().call("v2.8/server.info").ok().data();

        assertThat(data.path("uid").asString()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    @Test
    void theNewestVersionSaysTheVersionOfTheApi() {
        var data = Api.user().call("server.info").ok().data();

        assertThat(data.path("api_version").asString()).isEqualTo("2.34");
        assertThat(data.path("version").asString()).matches("\\d+(\\.\\d+)*");
    }

    @Test
    void configurationIsShownToTheSystemWithoutSecrets() {
        var whole = Api.system().call("server.config").ok();

        assertThat(whole.data().has("secure")).isFalse();
        assertThat(whole.text()).doesNotContain(Server.underTest().system().secret());
        assertThat(whole.data().at("/apiserver/auth/default_expiration_sec").asLong())
                .isPositive();
    }

    @Test
    void aPartOfTheConfigurationIsShownByItsPath() {
        var part = Api.system()
                .call("server.config", "{\"path\":\"apiserver.workers\"}")
                .ok();

        assertThat(part.data().path("default_timeout").asInt()).isEqualTo(600);
    }

    @Test
    void anUnknownPathFailsInTheEnvelope() {
        var answer =
                Api.system().call("server.config", "{\"path\":\"no.such\"}").isEnvelope();

        // 500 in the reference, which the specification calls a mistake of it
        assertThat(answer.status()).isIn(400, 500);
    }

    @Test
    void endpointsAreListedWithTheirVersionsFromTheNewest() {
        var endpoints = Api.system().call("server.endpoints").ok().data().path("endpoints");

        assertThat(endpoints.path("server.info"))
                .extracting(each -> each.path("min_version").asString())
                .containsExactly("2.12", "2.8", "1.0");
        var login = endpoints.path("auth.login").path(0);
        assertThat(login.propertyNames())
                .contains("min_version", "required_fields", "request_data_model", "response_data_model");
        assertThat(login.at("/request_data_model/properties").propertyNames()).containsExactly("expiration_sec");
    }

    @Test
    void statisticsAreAnOptionOfTheCompany() {
        var on = Api.user()
                .call("server.report_stats_option", "{\"enabled\":true}")
                .ok()
                .data();
        assertThat(on.path("supported").asBoolean()).isTrue();
        assertThat(on.path("enabled").asBoolean()).isTrue();
        assertThat(on.path("enabled_version")).isEqualTo(on.path("current_version"));
        assertThat(on.path("enabled_user").asString()).isNotEmpty();

        var off = Api.user()
                .call("server.report_stats_option", "{\"enabled\":false}")
                .ok()
                .data();
        assertThat(off.path("enabled").asBoolean()).isFalse();
        assertThat(off.has("enabled_time")).isTrue();

        var read = Api.user().call("server.report_stats_option").ok().data();
        assertThat(read).isEqualTo(off);
    }

    @Test
    void theStatisticsThemselvesAreForTheSystem() {
        var data = Api.system().call("server.get_stats").ok().data();

        assertThat(data.propertyNames()).contains("time", "company_id", "server", "agents");
        assertThat(data.at("/server/queues/count").asInt()).isGreaterThanOrEqualTo(1);
        assertThat(data.at("/server/users/count").asInt()).isGreaterThanOrEqualTo(1);
        assertThat(data.at("/server/resources").propertyNames())
                .contains("interval_sec", "num_cores", "cpu_usage", "mem_used_gb", "mem_free_gb");
        assertThat(data.path("agents").isArray()).isTrue();
    }
}
