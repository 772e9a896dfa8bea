package clearml.apiserver.security;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.Identity;
import clearml.config.FixedUser;
import clearml.config.FixedUsers;
import clearml.config.ServerConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCrypt;
import org.springframework.stereotype.Component;

/** {@code Authorization: Basic}: a fixed user's password, or an access key with its secret. */
@Component
final class BasicAuthentication {

    private final FixedUsers fixedUsers;
    private final AuthUsers users;

    BasicAuthentication(ServerConfig config, AuthUsers users) {
        this.fixedUsers = config.auth().fixedUsers();
        this.users = users;
    }

    /** @param usedFrom worker name or address, noted at the credentials */
    Identity authenticate(String encoded, String endpoint, String usedFrom) {
        String pair = decode(encoded);
        int colon = pair.indexOf(':');
        String key = colon < 0 ? pair : pair.substring(0, colon);
        String secret = colon < 0 ? "" : pair.substring(colon + 1);
        AuthUser fixed = fixedUser(key, secret, endpoint);
        return identity(fixed == null ? users.byCredentials(key, secret, usedFrom) : fixed);
    }

    /** Characters outside the alphabet are skipped; only length and padding can be wrong. */
    private static String decode(String encoded) {
        String cleaned = encoded.replaceAll("[^A-Za-z0-9+/=]", "");
        String padding = cleaned.replaceFirst("^[^=]*", "");
        String digits = cleaned.substring(0, cleaned.length() - padding.length());
        if (digits.length() % 4 == 1 || padding.length() < (4 - digits.length() % 4) % 4) {
            throw ApiError.BAD_CREDENTIALS.of("Incorrect padding");
        }
        return new String(Base64.getDecoder().decode(digits), StandardCharsets.ISO_8859_1);
    }

    private @Nullable AuthUser fixedUser(String username, String password, String endpoint) {
        FixedUser user = fixedUsers.enabled() ? fixedUsers.find(username).orElse(null) : null;
        if (user == null) {
            return null;
        }
        if (!matches(password, user.password())) {
            throw ApiError.INVALID_CREDENTIALS.of("bad username or password");
        }
        if (user.guest() && !fixedUsers.guestEndpoints().contains(endpoint)) {
            throw ApiError.INVALID_CREDENTIALS.of("endpoint not allowed for guest");
        }
        AuthUser found = users.byId(user.id());
        if (found == null) {
            throw located();
        }
        return found;
    }

    private boolean matches(String password, String configured) {
        // The header's bytes were read as latin-1; the user typed UTF-8.
        byte[] typed = password.getBytes(StandardCharsets.ISO_8859_1);
        if (!fixedUsers.passwordsHashed()) {
            return MessageDigest.isEqual(typed, configured.getBytes(StandardCharsets.UTF_8));
        }
        try {
            String hash = new String(Base64.getDecoder().decode(configured.strip()), StandardCharsets.US_ASCII);
            return BCrypt.checkpw(typed, hash);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Identity identity(@Nullable AuthUser user) {
        if (user == null) {
            throw located();
        }
        String company = users.companyName(user.company());
        if (company == null) {
            throw ApiError.INVALID_CREDENTIALS.of("invalid user company");
        }
        return new Identity(user.id(), user.company(), user.role(), user.name(), company);
    }

    private static ApiException located() {
        return ApiError.INVALID_CREDENTIALS.of("failed to locate provided credentials");
    }
}
