package clearml.apiserver.security;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.call.Call;
import clearml.apiserver.call.Identity;
import clearml.apiserver.call.Role;
import clearml.apiserver.call.TokenSession;
import clearml.config.AuthSettings;
import clearml.config.BuildInfo;
import clearml.config.ServerConfig;
import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes and reads the session tokens: JWTs with an HMAC of the shared secret, readable by the reference and the file
 * server. Clients read the payload without verifying it, so its members are part of the interface.
 */
@Component
public final class Tokens {

    private final AuthSettings settings;
    private final BuildInfo build;
    private final String environment;
    private final Map<String, Algorithm> algorithms;

    /** What a token says once it is verified. */
    public record Verified(Identity identity, TokenSession session) {}

    Tokens(ServerConfig config) {
        settings = config.auth();
        build = config.build();
        environment = config.nonEmpty("env").orElse("<unknown>");
        byte[] secret = settings.tokenSecret().getBytes(StandardCharsets.UTF_8);
        algorithms = Map.of(
                "HS256", Algorithm.HMAC256(secret),
                "HS384", Algorithm.HMAC384(secret),
                "HS512", Algorithm.HMAC512(secret));
    }

    /**
     * A new token for an identity.
     *
     * @param expirationSec life in seconds; null or 0: the configured default, without end for the system role
     * @throws ApiException 400/12 above the configured maximum
     */
    public String issue(Identity identity, @Nullable Long expirationSec) {
        Instant now = Instant.now();
        JWTCreator.Builder token = JWT.create()
                .withClaim("env", environment)
                .withClaim("auth_type", "Bearer")
                .withClaim("session_id", Call.newId())
                .withClaim("identity", members(identity))
                .withIssuedAt(now)
                .withClaim("api_version", ApiVersion.MAX.text())
                .withClaim("server_version", build.version())
                .withClaim("server_build", build.build())
                .withClaim("feature_set", "basic");
        Duration life = life(identity.role(), expirationSec);
        if (life != null) {
            token.withExpiresAt(now.plus(life));
        }
        return token.sign(algorithm("HS256"));
    }

    private @Nullable Duration life(Role role, @Nullable Long expirationSec) {
        if (expirationSec == null || expirationSec == 0) {
            return role == Role.SYSTEM ? null : settings.defaultExpiration();
        }
        long most = settings.maxExpiration().toSeconds();
        if (expirationSec > most) {
            throw ApiError.VALIDATION_ERROR.of("error for field 'expiration_sec': '" + expirationSec
                    + "' is bigger than maximum ('" + most + "').");
        }
        // Already over is allowed, before 1970 is not a date that every reader understands.
        return Duration.ofSeconds(Math.max(expirationSec, -Instant.now().getEpochSecond()));
    }

    private static Map<String, Object> members(Identity identity) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("user", identity.user());
        members.put("company", identity.company());
        members.put("role", identity.role().toString());
        putUnlessEmpty(members, "user_name", identity.userName());
        putUnlessEmpty(members, "company_name", identity.companyName());
        return members;
    }

    private static void putUnlessEmpty(Map<String, Object> members, String name, String value) {
        if (!value.isEmpty()) {
            members.put(name, value);
        }
    }

    /** When a token issued now with the default life would end: how long a revocation must be remembered. */
    public Instant defaultEnd() {
        return Instant.now().plus(settings.defaultExpiration());
    }

    /** Checks signature and times; revocation is not looked at. 401/30 says what is wrong. */
    public Verified verify(String token) {
        TokenText text = TokenText.of(token);
        checkSignature(text);
        TokenClaims claims = text.claims();
        claims.check(Instant.now());
        return new Verified(
                TokenIdentity.of(claims.get("identity")), new TokenSession(claims.sessionId(), claims.expires()));
    }

    private void checkSignature(TokenText text) {
        String name = text.algorithm();
        if (name.equals("none")) {
            throw ApiError.INVALID_TOKEN
                    .of("jwt invalid key error")
                    .with("reason", "When alg = \"none\", key value must be None.");
        }
        Algorithm algorithm = algorithms.get(name);
        if (algorithm == null) {
            throw TokenText.invalid("The specified alg value is not allowed");
        }
        byte[] right = algorithm.sign(text.header(), text.payload());
        if (!MessageDigest.isEqual(right, text.signature())) {
            throw TokenText.invalid("Signature verification failed");
        }
    }

    private Algorithm algorithm(String name) {
        Algorithm algorithm = algorithms.get(name);
        if (algorithm == null) {
            throw new IllegalStateException(name);
        }
        return algorithm;
    }
}
