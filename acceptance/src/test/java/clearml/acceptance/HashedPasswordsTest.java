package clearml.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** A server whose configuration holds hashes of passwords, and no guest. */
class HashedPasswordsTest {

    @Test
    void thePasswordIsComparedWithItsHash() {
        var hash = new BCryptPasswordEncoder(BCryptPasswordEncoder.BCryptVersion.$2B, 4).encode("s\u00e9cret");
        var encoded = Base64.getEncoder().encodeToString(hash.getBytes(UTF_8));
        var users = "{enabled: true, pass_hashed: true, users: [{username: \"jane\", password: \"" + encoded
                + "\", name: \"Jane\"}]}";

        try (var server =
                StandaloneServer.start("hashed-passwords", Map.of("CLEARML__APISERVER__AUTH__FIXED_USERS", users))) {
            var api = Api.at(server.server().api());

            api.login(new Credentials("jane", "s\u00e9cret"))
                    .call("users.get_current_user")
                    .ok();
            api.basic(new Credentials("jane", "wrong")).call("auth.login").fails("401/22");
            api.basic(new Credentials("jane", hash)).call("auth.login").fails("401/22");
            api.basic(new Credentials("jane", encoded)).call("auth.login").fails("401/22");
            api.basic(new Credentials("guest", "guest")).call("auth.login").fails("401/22");
        }
    }
}
