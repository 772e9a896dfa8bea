package clearml.config;

import java.util.List;
import java.util.Optional;

/**
 * A user of {@code secure.credentials}: its auth user is {@code __<name>__}.
 *
 * @param revokeInFixedMode loses its credentials where fixed users are enabled
 */
public record SystemCredential(
        String name, String role, String key, String secret, boolean revokeInFixedMode, Optional<String> displayName) {

    static List<SystemCredential> of(ServerConfig config) {
        return config.keys("secure.credentials").stream()
                .map(name -> of(config, name))
                .toList();
    }

    private static SystemCredential of(ServerConfig config, String name) {
        String path = "secure.credentials." + name + ".";
        return new SystemCredential(
                name,
                config.nonEmpty(path + "role").orElse("user"),
                config.optString(path + "user_key").orElse(""),
                config.optString(path + "user_secret").orElse(""),
                config.optBool(path + "revoke_in_fixed_mode").orElse(false),
                config.nonEmpty(path + "display_name"));
    }

    /** False without a key or a secret: nobody can log in with it. */
    public boolean isUsable() {
        return !key.isEmpty() && !secret.isEmpty();
    }

    @Override
    public String toString() {
        return "SystemCredential[" + name + ", " + role + "]";
    }
}
