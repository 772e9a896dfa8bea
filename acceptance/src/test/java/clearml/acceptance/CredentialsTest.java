package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CredentialsTest {

    private final TestUser someone = TestUser.create();
    private final Api api = someone.api();

    @Test
    void aNewPairCanBeUsedAtOnceAndTheSecretIsShownOnlyOnce() {
        var made = api.call("auth.create_credentials", "{\"label\":\"mine\"}")
                .ok()
                .data()
                .path("credentials");

        assertThat(made.path("access_key").asString()).matches("[A-Z0-9]{30}");
        assertThat(made.path("secret_key").asString()).matches("[A-Za-z0-9][A-Za-z0-9_-]{66}");
        assertThat(made.path("label").asString()).isEqualTo("mine");

        var pair = new Credentials(
                made.path("access_key").asString(), made.path("secret_key").asString());
        var current = Api.anonymous().basic(pair).call("users.get_current_user").ok();
        assertThat(current.data().at("/user/id").asString()).isEqualTo(someone.id());
        assertThat(api.call("auth.get_credentials").ok().text()).doesNotContain(pair.secret());
    }

    @Test
    void theLastUseIsRememberedWithTheWorkerOrTheAddress() {
        var pair = someone.credentials();
        assertThat(entry(pair).has("last_used")).isFalse();

        Api.anonymous()
                .basic(pair)
                .request("/server.info")
                .header("X-ClearML-Worker", "host:1")
                .send()
                .ok();
        assertThat(entry(pair).path("last_used_from").asString()).isEqualTo("host:1");
        assertThat(entry(pair).path("last_used").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?");

        Api.anonymous()
                .basic(pair)
                .request("/server.info")
                .header("X-Forwarded-For", "10.1.2.3, 10.9.9.9")
                .send()
                .ok();
        assertThat(entry(pair).path("last_used_from").asString()).isIn("10.1.2.3, 10.9.9.9", "<unknown>");
    }

    @Test
    void pairsAreListedInTheOrderTheyWereMade() {
        var first = someone.credentials().key();
        var second = someone.credentials().key();

        assertThat(list())
                .extracting(entry -> entry.path("access_key").asString())
                .containsExactly(first, second);
    }

    @Test
    void aLabelCanBeChangedAndRemoved() {
        var pair = someone.credentials();

        var answer = api.call("auth.edit_credentials", Map.of("access_key", pair.key(), "label", "new"))
                .ok();
        assertThat(answer.data().path("updated").asInt()).isEqualTo(1);
        assertThat(entry(pair).path("label").asString()).isEqualTo("new");

        api.call("auth.edit_credentials", Map.of("access_key", pair.key())).ok();
        assertThat(entry(pair).has("label")).isFalse();
    }

    @Test
    void theLabelOfAnUnknownKeyCannotBeChanged() {
        var answer = api.call("auth.edit_credentials", "{\"access_key\":\"nope\",\"label\":\"x\"}");

        answer.fails("400/75");
        assertThat(answer.message())
                .startsWith("Access key not found (invalid user or invalid access key): user=" + someone.id()
                        + ", access_key=nope, company=");
    }

    @Test
    void aRevokedPairIsGoneButItsTokensLiveOn() {
        var pair = someone.credentials();
        var session = Api.anonymous().login(pair);

        var answer = api.call("auth.revoke_credentials", Map.of("access_key", pair.key()))
                .ok();

        assertThat(answer.data().path("revoked").asInt()).isEqualTo(1);
        Api.anonymous().basic(pair).call("auth.login").fails("401/22");
        session.call("auth.get_credentials").ok();
    }

    @Test
    void anUnknownKeyCannotBeRevoked() {
        var answer = api.call("auth.revoke_credentials", "{\"access_key\":\"nope\"}");

        answer.fails("400/300");
        assertThat(answer.message())
                .startsWith("Invalid user (invalid user or invalid access key): id=" + someone.id() + ", company=")
                .endsWith("credentials__key=nope");
    }

    @Test
    void nobodyRevokesTheKeyOfAnother() {
        var pair = someone.credentials();

        TestUser.create()
                .api()
                .call("auth.revoke_credentials", Map.of("access_key", pair.key()))
                .fails("400/300");

        Api.anonymous().basic(pair).call("auth.login").ok();
    }

    @Test
    void identitiesOfTheConfigurationAreProtected() {
        for (var endpoint : new String[] {"auth.create_credentials", "auth.revoke_credentials"}) {
            Api.system()
                    .call(endpoint, "{\"access_key\":\"x\"}")
                    .fails("400/301", "Invalid user id (protected identity)");
        }
    }

    private JsonNode entry(Credentials pair) {
        return list().stream()
                .filter(entry -> entry.path("access_key").asString().equals(pair.key()))
                .findFirst()
                .orElseThrow();
    }

    private java.util.List<JsonNode> list() {
        var credentials = api.call("auth.get_credentials").ok().data().path("credentials");
        return StreamSupport.stream(credentials.spliterator(), false).toList();
    }
}
