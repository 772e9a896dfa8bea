package clearml.config;

import java.time.Duration;
import java.util.List;

/**
 * Who may log in, and how.
 *
 * @param tokenSecret key of the tokens' HMAC, as UTF-8 bytes
 * @param systemCredentials in the order of their names
 */
public record AuthSettings(
        String tokenSecret,
        Duration defaultExpiration,
        Duration maxExpiration,
        String cookieName,
        CookieSettings.Rules cookies,
        FixedUsers fixedUsers,
        List<SystemCredential> systemCredentials,
        boolean deleteMissingAutocreatedUsers) {

    static AuthSettings of(ServerConfig config) {
        String cookieName = config.string("apiserver.auth.session_auth_cookie_name");
        return new AuthSettings(
                config.nonEmpty("secure.auth.token_secret")
                        .orElseThrow(() -> new ConfigException("secure.auth.token_secret: not configured")),
                config.duration("apiserver.auth.default_expiration_sec"),
                config.duration("apiserver.auth.max_expiration_sec"),
                cookieName,
                CookieSettings.Rules.of(config, cookieName),
                FixedUsers.of(config),
                SystemCredential.of(config),
                config.bool("apiserver.auth.delete_missing_autocreated_users"));
    }

    @Override
    public String toString() {
        return "AuthSettings[" + cookieName + ", " + fixedUsers + "]";
    }
}
