package clearml.acceptance;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UsersTest {

    private final TestUser someone = TestUser.create();
    private final Api api = someone.api();

    @Test
    void theCurrentUserComesWithWhatTheWebNeedsToStart() {
        var data = api.call("users.get_current_user").ok().data();

        assertThat(data.at("/user/id").asString()).isEqualTo(someone.id());
        assertThat(data.path("user").has("preferences")).isFalse();
        assertThat(data.at("/getting_started/agentName").asString()).isEqualTo("clearml");
        assertThat(data.at("/settings/max_download_items").asInt()).isEqualTo(50_000);
    }

    @Test
    void systemUsersAreNobodyToTheWeb() {
        Api.system().call("users.get_current_user").fails("400/300", "Invalid user (failed loading user)");
    }

    @Test
    void aUserIsFoundById() {
        var user = api.call("users.get_by_id", Map.of("user", someone.id()))
                .ok()
                .data()
                .path("user");

        assertThat(user.path("name").asString()).isEqualTo(someone.name());
        assertThat(user.path("company").asString()).isEqualTo(ShippedDefaults.COMPANY);
    }

    @Test
    void nobodyIsNotFoundById() {
        api.call("users.get_by_id", "{\"user\":\"nobody\"}")
                .fails("400/301", "Invalid user id: id=nobody, company=" + ShippedDefaults.COMPANY);
    }

    @Test
    void usersAreFilteredByIdAndName() {
        var byId = api.call("users.get_all", "{\"id\":[\"" + someone.id() + "\"]}")
                .ok()
                .data()
                .path("users");
        var byName = api.call("users.get_all", Map.of("name", "^" + someone.name() + "$"))
                .ok()
                .data()
                .path("users");

        assertThat(byId.size()).isEqualTo(1);
        assertThat(byId.path(0).path("company").asString()).isEqualTo(ShippedDefaults.COMPANY);
        assertThat(byId.path(0).has("preferences")).isFalse();
        assertThat(byName).isEqualTo(byId);
    }

    @Test
    void theExtendedListJoinsAndAddsTheId() {
        var query = Map.of("id", new String[] {someone.id()}, "only_fields", new String[] {"name", "company.name"});

        assertThatJson(api.call("users.get_all_ex", query)
                        .ok()
                        .data()
                        .path("users")
                        .toString())
                .isEqualTo(
                        "[{\"id\":\"%s\",\"name\":\"%s\",\"company\":{\"id\":\"%s\",\"name\":\"${json-unit.any-string}\"}}]"
                                .formatted(someone.id(), someone.name(), ShippedDefaults.COMPANY));
    }

    @Test
    void fromTwoPointEightOnOnlyUsersActiveInProjectsCanBeAskedFor() {
        var query = Map.of("id", new String[] {someone.id()}, "active_in_projects", new String[] {});

        assertThat(api.call("users.get_all_ex", query).ok().data().path("users").isEmpty())
                .isTrue();
        assertThat(api.call("v2.7/users.get_all_ex", query)
                        .ok()
                        .data()
                        .path("users")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void theSystemCreatesAndDeletesUsersOfTheWeb() {
        var id = UUID.randomUUID().toString();
        var body = Map.of("id", id, "company", ShippedDefaults.COMPANY, "name", "x");

        Api.system().call("users.create", body).ok();
        Api.system().call("users.create", body).fails("400/302", "User id already exists: id=" + id);
        Api.system().call("users.delete", Map.of("user", id)).ok();
        Api.system().call("users.delete", Map.of("user", id)).fails("400/301");
    }

    @Test
    void namesCanBeChangedAndNothingElse() {
        var body = Map.of("user", someone.id(), "name", " new ", "given_name", "", "avatar", "x", "role", "admin");

        var data = api.call("users.update", body).ok().data();

        assertThat(data.path("updated").asInt()).isEqualTo(1);
        assertThatJson(data.path("fields").toString()).isEqualTo("{\"name\":\" new \",\"given_name\":\"\"}");
        var user = api.call("users.get_current_user").ok().data().path("user");
        assertThat(user.path("name").asString()).isEqualTo(" new ");
        assertThat(user.has("avatar")).isFalse();
        assertThat(Jwt.payload(someone.token()).at("/identity/user_name").asString())
                .isEqualTo(" new ");
    }

    @Test
    void theNameOfNobodyIsNotChanged() {
        var data = api.call("users.update", "{\"user\":\"nobody\",\"name\":\"x\"}")
                .ok()
                .data();

        assertThatJson(data.toString()).isEqualTo("{\"updated\":0,\"fields\":{\"name\":\"x\"}}");
    }
}
