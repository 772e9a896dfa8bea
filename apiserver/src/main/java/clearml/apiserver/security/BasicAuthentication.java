package clearml.apiserver.security;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.Identity;
import clearml.config.FixedUser;
import clearml.config.FixedUsers;
import clearml.config.ServerConfig;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
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
        List<Pair> readings = readings(decode(encoded));
        for (Pair pair : readings) {
            AuthUser fixed = fixedUser(pair.key(), pair.secret(), endpoint);
            if (fixed != null) {
                return identity(fixed);
            }
        }
        Pair pair = readings.get(0);
        return identity(users.byCredentials(pair.key(), pair.secret(), usedFrom));
    }

    /** What stands before and after the first colon. */
    private record Pair(String key, String secret) {

        static Pair of(String text) {
            int colon = text.indexOf(':');
            return colon < 0 ? new Pair(text, "") : new Pair(text.substring(0, colon), text.substring(colon + 1));
        }
    }

    /** Characters outside the alphabet are skipped; only length and padding can be wrong. */
    private static byte[] decode(String encoded) {
        String cleaned = encoded.replaceAll("[^A-Za-z0-9+/=]", "");
        String padding = cleaned.replaceFirst("^[^=]*", "");
        String digits = cleaned.substring(0, cleaned.length() - padding.length());
        if (digits.length() % 4 == 1 || padding.length() < (4 - digits.length() % 4) % 4) {
            throw ApiError.BAD_CREDENTIALS.of("Incorrect padding");
        }
        return Base64.getDecoder().decode(digits);
    }

    /** As UTF-8, which browsers send, where the bytes are that; and as latin-1, which Python's clients send. */
    private static List<Pair> readings(byte[] bytes) {
        Pair latin = Pair.of(new String(bytes, StandardCharsets.ISO_8859_1));
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            Pair utf8 = Pair.of(text.toString());
            return utf8.equals(latin) ? List.of(latin) : List.of(utf8, latin);
        } catch (CharacterCodingException e) {
            return List.of(latin);
        }
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
        byte[] typed = password.getBytes(StandardCharsets.UTF_8);
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
