package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthUsersTest {

    @Test
    void aNewUserIsThereForTheApiAndTheWeb() {
        var someone = TestUser.create();

        assertThat(someone.id()).matches("[0-9a-f]{32}");
        var user = someone.api().call("users.get_current_user").ok().data().path("user");
        assertThat(user.path("name").asString()).isEqualTo(someone.name());
        assertThat(user.path("role").asString()).isEqualTo("user");
        assertThat(user.at("/company/id").asString()).isEqualTo(ShippedDefaults.COMPANY);
        assertThat(user.at("/company/name").asString()).isNotEmpty();
        assertThat(someone.api()
                        .call("auth.get_credentials")
                        .ok()
                        .data()
                        .path("credentials")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void twoUsersCannotShareAnAddress() {
        var someone = TestUser.create();

        create(someone.email(), ShippedDefaults.COMPANY).fails("400/801");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "x@", "@example.com", "a b@example.com"})
    void whatIsNoAddressIsRefused(String email) {
        create(email, ShippedDefaults.COMPANY).fails("400/800");
    }

    @Test
    void theCompanyMustExist() {
        create("someone.new@example.com", "nope").fails("400/10", "Invalid object id: company=nope");
    }

    @Test
    void aChangedRoleIsInTheNextToken() {
        var someone = TestUser.create();

        var answer = Api.system()
                .call("auth.edit_user", Map.of("user", someone.id(), "role", "admin"))
                .ok();

        assertThat(answer.data().path("updated").asInt()).isEqualTo(1);
        assertThat(answer.data().at("/fields/role").asString()).isEqualTo("admin");
        assertThat(Jwt.payload(someone.token()).at("/identity/role").asString()).isEqualTo("admin");
    }

    @Test
    void theRoleOfNobodyCannotBeChanged() {
        Api.system()
                .call("auth.edit_user", "{\"user\":\"nobody\",\"role\":\"admin\"}")
                .fails("400/301");
    }

    @Test
    void aTokenForNobodyIsNotMade() {
        Api.system().call("auth.get_token_for_user", "{\"user\":\"nobody\"}").fails("400/301");
    }

    @Test
    void aGoodTokenValidates() {
        var someone = TestUser.create();

        var data = Api.system()
                .call("auth.validate_token", Map.of("token", someone.token()))
                .ok()
                .data();

        assertThat(data.toString())
                .isEqualTo("{\"valid\":true,\"user\":\"" + someone.id() + "\",\"company\":\"" + ShippedDefaults.COMPANY
                        + "\"}")
                .hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "", "a.b.c"})
    void aBadTokenDoesNotValidateButTheAnswerIsGood(String token) {
        var data = Api.system()
                .call("auth.validate_token", Map.of("token", token))
                .ok()
                .data();

        assertThat(data.path("valid").asBoolean()).isFalse();
        assertThat(data.path("msg").asString()).isNotEmpty();
    }

    private static Answer create(String email, String company) {
        return Api.system().call("auth.create_user", Map.of("email", email, "company", company, "name", "Someone New"));
    }
}
