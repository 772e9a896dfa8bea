package clearml.apiserver.security;

import clearml.apiserver.call.ApiError;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Verifies tokens, and remembers for a while which are good: a client sends the same one for days. */
@Component
final class VerifiedTokens {

    private static final int MOST_TOKENS = 10_000;
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final Tokens tokens;
    private final RevokedTokens revoked;
    private final Cache<String, Tokens.Verified> good = Caffeine.newBuilder()
            .maximumSize(MOST_TOKENS)
            .expireAfterWrite(REMEMBERED)
            .build();

    VerifiedTokens(Tokens tokens, RevokedTokens revoked) {
        this.tokens = tokens;
        this.revoked = revoked;
    }

    Tokens.Verified verify(String token) {
        Tokens.Verified verified = good.getIfPresent(token);
        if (verified == null || isOver(verified)) {
            verified = tokens.verify(token);
            good.put(token, verified);
        }
        if (revoked.isRevoked(verified.session())) {
            throw ApiError.INVALID_TOKEN.of("revoked token");
        }
        return verified;
    }

    private static boolean isOver(Tokens.Verified verified) {
        Instant expires = verified.session().expires();
        return expires != null && !expires.isAfter(Instant.now());
    }
}
