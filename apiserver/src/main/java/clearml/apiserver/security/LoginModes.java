package clearml.apiserver.security;

import clearml.config.FixedUser;
import clearml.config.FixedUsers;
import clearml.config.ServerConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How people log in here: by name, or by password where fixed users are configured. */
@Component
public final class LoginModes {

    private final FixedUsers fixedUsers;

    LoginModes(ServerConfig config) {
        fixedUsers = config.auth().fixedUsers();
    }

    /** The guest's name and password; they are public, so that the web UI can offer to log in as guest. */
    public record Guest(
            boolean enabled,
            @Nullable String name,
            @Nullable String username,
            @Nullable String password) {}

    /** Whether a user name and a password are asked for. */
    public boolean passwords() {
        return fixedUsers.enabled();
    }

    public Guest guest() {
        return fixedUsers.users().stream()
                .filter(FixedUser::guest)
                .findFirst()
                .map(user -> new Guest(true, user.name(), user.username(), user.password()))
                .orElse(new Guest(false, null, null, null));
    }
}
