package clearml.apiserver.events;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.BodyReader;
import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Positions in a listing that clients keep: signed tokens, so that the server need not remember them. */
@Component
class SignedPositions {

    private static final String KEY = "from_key_value";

    /** Only where a page ends among thousands of events of one key; the reference has no such thing. */
    private static final String WITHIN = "within_key";

    private final Algorithm algorithm;

    SignedPositions(EventsSettings settings) {
        this.algorithm = Algorithm.HMAC256(settings.scrollIdKey());
    }

    /**
     * @param after where to go on; null at the end
     * @param total null when it was not counted
     * @param request what was asked for at first
     */
    record Position(
            KeyPages.@Nullable Position after, @Nullable Long total, Map<String, Object> request) {}

    String token(Position position) {
        Map<String, Object> payload = new LinkedHashMap<>();
        KeyPages.Position after = position.after();
        if (after != null && after.key() != null) {
            payload.put(KEY, after.key().toString());
        }
        if (after != null && after.within() != null) {
            payload.put(WITHIN, after.within());
        }
        if (position.total() != null) {
            payload.put("total", position.total());
        }
        payload.put("request", position.request());
        return JWT.create().withPayload(payload).sign(algorithm);
    }

    /** Null without a token; 400/1104 for one that is not from here. */
    @Nullable
    Position read(@Nullable String token) {
        if (token == null || token.isEmpty()) {
            return null;
        }
        try {
            DecodedJWT verified = JWT.require(algorithm).build().verify(token);
            String payload = new String(Base64.getUrlDecoder().decode(verified.getPayload()), StandardCharsets.UTF_8);
            return position(BodyReader.read(payload));
        } catch (JWTVerificationException | IllegalArgumentException e) {
            throw ApiError.INVALID_SCROLL_ID.with("scroll_id", token);
        }
    }

    @SuppressWarnings("unchecked")
    private static Position position(@Nullable Object payload) {
        if (!(payload instanceof Map<?, ?> object) || !(object.get("request") instanceof Map<?, ?> request)) {
            throw new IllegalArgumentException("no request");
        }
        Object key = object.get(KEY);
        List<Object> within = object.get(WITHIN) instanceof List<?> list ? (List<Object>) list : null;
        Object total = object.get("total");
        return new Position(
                key == null && within == null
                        ? null
                        : new KeyPages.Position(key == null ? null : Long.valueOf(key.toString()), within),
                total instanceof Number number ? (Long) number.longValue() : null,
                (Map<String, Object>) request);
    }
}
