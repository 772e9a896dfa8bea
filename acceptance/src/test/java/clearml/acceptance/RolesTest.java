package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth.get_token_for_user",
                "auth.validate_token",
                "auth.create_user",
                "users.create",
                "users.delete",
                "server.get_stats",
                "server.config",
                "server.endpoints"
            })
    void theseAreForTheSystem(String endpoint) {
        var answer = Api.user().call(endpoint).fails("403/20");

        assertThat(answer.message())
                .startsWith("Forbidden (not allowed for role): role=user, allowed=(")
                .contains("system")
                .contains("root");
        TestUser.create("admin").api().call(endpoint).fails("403/20");
    }

    @Test
    void administratorsMayChangeRolesOfUsers() {
        var someone = TestUser.create();
        var body = "{\"user\":\"" + someone.id() + "\",\"role\":\"annotator\"}";

        Api.user().call("auth.edit_user", body).fails("403/20");
        TestUser.create("admin").api().call("auth.edit_user", body).ok();
    }

    @Test
    void whoMayDoNothingMayStillPing() {
        TestUser.create("annotator").api().call("debug.ping").ok();
    }
}
