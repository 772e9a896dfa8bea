package clearml.apiserver.security;

import clearml.apiserver.call.ApiException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a token with a good signature says. Times are epoch seconds; all of them may be missing. */
record TokenClaims(Map<?, ?> members) {

    @Nullable
    Object get(String name) {
        return members.get(name);
    }

    @Nullable
    String sessionId() {
        return members.get("session_id") instanceof String id ? id : null;
    }

    @Nullable
    Instant expires() {
        Long seconds = seconds("exp", "Expiration Time");
        return seconds == null ? null : Instant.ofEpochSecond(seconds);
    }

    /** Throws 401/30 for a token that is not yet or no longer good, or meant for somebody else. */
    void check(Instant now) {
        checkBegun(seconds("iat", "Issued At"), now, "iat");
        checkBegun(seconds("nbf", "Not Before"), now, "nbf");
        Long end = seconds("exp", "Expiration Time");
        if (end != null && end <= now.getEpochSecond()) {
            throw TokenText.invalid("Signature has expired");
        }
        Object audience = members.get("aud");
        if (audience != null && !audience.equals("")) {
            throw TokenText.invalid("Invalid audience");
        }
    }

    private static void checkBegun(@Nullable Long begin, Instant now, String name) {
        // Clocks of replicas differ by less than the second that is cut off here.
        if (begin != null && begin > now.getEpochSecond() + 1) {
            throw TokenText.invalid("The token is not yet valid (" + name + ")");
        }
    }

    private @Nullable Long seconds(String name, String title) {
        Object value = members.get(name);
        if (value == null && !members.containsKey(name)) {
            return null;
        }
        if (value instanceof Number number && Math.abs(number.doubleValue()) < Instant.MAX.getEpochSecond()) {
            return number.longValue();
        }
        try {
            return Long.valueOf(String.valueOf(value).strip());
        } catch (NumberFormatException e) {
            throw notNumber(name, title);
        }
    }

    private static ApiException notNumber(String name, String title) {
        return TokenText.invalid(title + " claim (" + name + ") must be an integer.");
    }
}
