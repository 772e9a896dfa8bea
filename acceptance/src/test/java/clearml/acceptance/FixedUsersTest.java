package clearml.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server whose users and passwords are in its configuration, with a guest. */
class FixedUsersTest {

    private static final Map<String, String> CONFIGURATION = Map.of(
            "CLEARML__APISERVER__AUTH__FIXED_USERS",
            """
            {enabled: true, users: [
              {username: "jane", password: "pa:ss", name: "Jane van Doe"},
              {username: "Jane", password: "other", name: "Another"},
              {username: "j\\u00fcrgen", password: "gr\\u00fc\\u00df", name: "J\\u00fcrgen"}]}
            """.replace('\n', ' '),
            "CLEARML__SERVICES__AUTH__FIXED_USERS__GUEST__ENABLED",
            "true");

    private static StandaloneServer server;

    @BeforeAll
    static void start() {
        server = StandaloneServer.start("fixed-users", CONFIGURATION);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void theWebAsksForANameAndAPasswordAndOffersTheGuest() {
        var guest = "{\"enabled\":true,\"name\":\"Guest\",\"username\":\"guest\",\"password\":\"guest\"}";

        assertThatJson(api().call("login.supported_modes")
                        .ok()
                        .data()
                        .path("basic")
                        .toString())
                .isEqualTo("{\"enabled\":true,\"guest\":" + guest + "}");
        assertThatJson(api().call("auth.fixed_users_mode").ok().data().toString())
                .isEqualTo("{\"enabled\":true,\"guest\":" + guest + ",\"server_errors\":{}}");
    }

    @Test
    void aUserLogsInWithThePasswordAndHasAnIdMadeOfCompanyAndName() {
        var session = api().login(new Credentials("jane", "pa:ss"));

        var user = session.call("users.get_current_user").ok().data().path("user");
        assertThat(user.path("id").asString()).isEqualTo(md5(ShippedDefaults.COMPANY + ":jane"));
        assertThat(user.path("name").asString()).isEqualTo("Jane van Doe");
        assertThat(user.path("given_name").asString()).isEqualTo("Jane");
        assertThat(user.path("family_name").asString()).isEqualTo("van Doe");
        assertThat(user.path("role").asString()).isEqualTo("user");
    }

    @Test
    void aPasswordWorksWhereverKeysDo() {
        api().basic(new Credentials("jane", "pa:ss")).call("users.get_all").ok();
    }

    @Test
    void namesAreCaseSensitive() {
        var session = api().login(new Credentials("Jane", "other"));

        assertThat(session.call("users.get_current_user")
                        .ok()
                        .data()
                        .at("/user/name")
                        .asString())
                .isEqualTo("Another");
        api().basic(new Credentials("JANE", "other")).call("auth.login").fails("401/22");
    }

    @Test
    void aWrongPasswordIsRefused() {
        for (var password : new String[] {"", "pa", "pa:ss ", "other"}) {
            api().basic(new Credentials("jane", password))
                    .call("auth.login")
                    .fails("401/22", "Unauthorized (invalid credentials) (bad username or password)");
        }
    }

    @Test
    void namesAndPasswordsMayBeEncodedAsBrowsersOrAsPythonDo() {
        for (var charset : new Charset[] {UTF_8, ISO_8859_1}) {
            var pair = Base64.getEncoder().encodeToString("j\u00fcrgen:gr\u00fc\u00df".getBytes(charset));
            api().authorization("Basic " + pair).call("auth.login").ok();
        }
    }

    @Test
    void theGuestLogsInAndNothingElseWithThePassword() {
        var guest = new Credentials("guest", "guest");
        var session = api().login(guest);

        assertThat(Jwt.payload(session.token()).at("/identity/role").asString()).isEqualTo("guest");
        assertThat(Jwt.payload(session.token()).at("/identity/company").asString())
                .isNotEqualTo(ShippedDefaults.COMPANY);
        session.call("users.get_current_user").ok();
        api().basic(guest)
                .call("users.get_current_user")
                .fails("401/22", "Unauthorized (invalid credentials) (endpoint not allowed for guest)");
    }

    @Test
    void theKeysThatAreNotForThisModeAreRevoked() {
        api().basic(ShippedDefaults.USER).call("auth.login").fails("401/22");
        api().basic(ShippedDefaults.WEB).call("auth.login").fails("401/22");
        api().basic(ShippedDefaults.SYSTEM).call("auth.login").ok();
        api().basic(ShippedDefaults.FILES).call("auth.login").ok();
    }

    @Test
    void aFixedUserCanMakeKeys() {
        var session = api().login(new Credentials("jane", "pa:ss"));
        var made = session.call("auth.create_credentials").ok().data().path("credentials");
        var pair = new Credentials(
                made.path("access_key").asString(), made.path("secret_key").asString());

        assertThat(api().login(pair).call("users.get_current_user").ok().data().at("/user/id"))
                .isEqualTo(session.call("users.get_current_user").ok().data().at("/user/id"));
    }

    private static Api api() {
        return Api.at(server.server().api());
    }

    private static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
