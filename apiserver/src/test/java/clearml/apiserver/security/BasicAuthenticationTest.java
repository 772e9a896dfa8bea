package clearml.apiserver.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.Identity;
import clearml.apiserver.call.Role;
import clearml.config.FixedUser;
import clearml.config.ServerConfig;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.bcrypt.BCrypt;

class BasicAuthenticationTest {

    private static final AuthUser OWNER = new AuthUser("u", "name", "c", Role.USER, List.of());

    private final AuthUsers users = mock(AuthUsers.class);
    private final Map<String, Object> settings = new HashMap<>();

    @BeforeEach
    void someoneHasAKey() {
        when(users.byCredentials("key", "sec:ret", "from")).thenReturn(OWNER);
        when(users.byCredentials("k\u00e9y".replace("\u00e9", "\u00c3\u00a9"), "s", "from"))
                .thenReturn(OWNER);
        when(users.companyName("c")).thenReturn("company");
    }

    @Test
    void theOwnerOfAKeyIsFound() {
        assertThat(authenticate("key:sec:ret")).isEqualTo(new Identity("u", "c", Role.USER, "name", "company"));
    }

    @ParameterizedTest
    @CsvSource({"a2V5OnNlYzpyZXQ=", "a2V5O-nNlYzp*yZXQ=", "'a2V5OnN lYzpyZXQ='", "a2V5OnNlYzpyZXQ=="})
    void charactersOutsideTheAlphabetAndTooMuchPaddingAreSkipped(String encoded) {
        assertThat(basic().authenticate(encoded, "auth.login", "from").user()).isEqualTo("u");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "abc", "ab", "ab=", "abcde"})
    void missingPaddingIsMalformed(String encoded) {
        assertThatThrownBy(() -> basic().authenticate(encoded, "auth.login", "from"))
                .hasMessage("Unauthorized (malformed credentials) (Incorrect padding)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "key", "key:", "key:wrong", ":"})
    void nobodyElseIsFound(String pair) {
        assertThatThrownBy(() -> authenticate(pair))
                .hasMessage("Unauthorized (invalid credentials) (failed to locate provided credentials)");
    }

    @Test
    void aUserWithoutCompanyCannotLogIn() {
        when(users.companyName("c")).thenReturn(null);

        assertThatThrownBy(() -> authenticate("key:sec:ret"))
                .hasMessage("Unauthorized (invalid credentials) (invalid user company)");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFixedUserHasAPassword(boolean hashed) {
        String password = "p\u00e4ss:word";
        fixedUser("jane", hashed ? hash(password) : password, hashed);

        assertThat(authenticate("jane:" + password).user()).isEqualTo("u");
        assertThatThrownBy(() -> authenticate("jane:wrong"))
                .hasMessage("Unauthorized (invalid credentials) (bad username or password)");
    }

    @Test
    void whereUsersAreFixedKeysStillCount() {
        fixedUser("jane", "secret", false);

        assertThat(authenticate("key:sec:ret").user()).isEqualTo("u");
    }

    @Test
    void aWrongHashIsAWrongPassword() {
        fixedUser("jane", "no base64!", true);

        assertThatThrownBy(() -> authenticate("jane:no base64!"))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("bad username or password");
    }

    @Test
    void aGuestMayOnlyLogIn() {
        settings.put("apiserver.auth.fixed_users.enabled", true);
        settings.put("services.auth.fixed_users.guest.enabled", true);
        when(users.byId(any(String.class))).thenReturn(OWNER);

        assertThat(authenticate("guest:guest").user()).isEqualTo("u");
        assertThatThrownBy(() -> basic().authenticate(encoded("guest:guest"), "tasks.get_all", "from"))
                .hasMessage("Unauthorized (invalid credentials) (endpoint not allowed for guest)");
    }

    private void fixedUser(String name, String password, boolean hashed) {
        settings.put("apiserver.auth.fixed_users.enabled", true);
        settings.put("apiserver.auth.fixed_users.pass_hashed", hashed);
        settings.put(
                "apiserver.auth.fixed_users.users",
                List.of(Map.of("username", name, "password", password, "name", "Jane", "company", "c")));
        when(users.byId(new FixedUser(name, password, "Jane", "c", false).id())).thenReturn(OWNER);
    }

    private static String hash(String password) {
        String hash = BCrypt.hashpw(password.getBytes(UTF_8), BCrypt.gensalt(4));
        return Base64.getEncoder().encodeToString(hash.getBytes(UTF_8));
    }

    private Identity authenticate(String pair) {
        return basic().authenticate(encoded(pair), "auth.login", "from");
    }

    private static String encoded(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }

    private BasicAuthentication basic() {
        return new BasicAuthentication(
                ServerConfig.load(Map.of("CLEARML_CONFIG_DIR", "/nonexistent"), settings), users);
    }
}
