package clearml.fileserver.access;

import com.auth0.jwt.JWT;
import com.auth0.jwt.exceptions.JWTDecodeException;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Asks the API server, and remembers what it allowed: for a while without asking again, so that a logout soon counts;
 * for longer while it cannot be asked, so that running tasks go on. Never longer than the token lives.
 */
final class ApiDecisions implements TokenVerifier {

    private static final int MAX_REMEMBERED = 50_000;

    private final ApiServer api;
    private final Duration fresh;
    private final Duration usable;
    private final Clock clock;
    private final Cache<String, Instant> allowed;

    ApiDecisions(ApiServer api, Duration fresh, Duration usable, Clock clock) {
        this.api = api;
        this.fresh = fresh.compareTo(usable) < 0 ? fresh : usable;
        this.usable = usable;
        this.clock = clock;
        this.allowed = Caffeine.newBuilder()
                .maximumSize(MAX_REMEMBERED)
                .expireAfterWrite(usable.plusSeconds(1))
                .build();
    }

    @Override
    public void verify(String token) throws Denied, Undecided {
        DecodedJWT decoded;
        try {
            decoded = JWT.decode(token);
        } catch (JWTDecodeException e) {
            throw new Denied("Invalid token");
        }
        Instant expires = decoded.getExpiresAtAsInstant();
        if (expires != null && !expires.isAfter(clock.instant())) {
            throw new Denied("Signature has expired");
        }
        decide(token, () -> api.validateToken(token));
    }

    /** @param authorization a whole {@code Basic} header */
    void verifyBasic(String authorization) throws Denied, Undecided {
        decide(authorization, () -> api.login(authorization));
    }

    private void decide(String credential, Question question) throws Denied, Undecided {
        String key = digest(credential);
        Instant asked = allowed.getIfPresent(key);
        Instant now = clock.instant();
        if (asked != null && asked.plus(fresh).isAfter(now)) {
            return;
        }
        try {
            question.ask();
            allowed.put(key, now);
        } catch (Denied e) {
            allowed.invalidate(key);
            throw e;
        } catch (Undecided e) {
            if (asked == null || !asked.plus(usable).isAfter(now)) {
                throw e;
            }
        }
    }

    private static String digest(String credential) {
        try {
            byte[] bytes = credential.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Question {
        void ask() throws Denied, Undecided;
    }
}
