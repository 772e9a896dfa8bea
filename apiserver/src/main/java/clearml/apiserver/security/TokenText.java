package clearml.apiserver.security;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.BodyReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token taken apart: {@code header.payload.signature} in URL-safe base64. Read by ourselves because the texts of what
 * is wrong are part of the interface; nothing in it is trusted before the signature was checked.
 *
 * @param header as it was signed, encoded
 * @param payload as it was signed, encoded
 */
record TokenText(byte[] header, byte[] payload, byte[] signature, Map<?, ?> headerMembers, byte[] content) {

    static TokenText of(String token) {
        int last = token.lastIndexOf('.');
        int first = token.indexOf('.');
        if (first < 0 || first == last) {
            throw invalid("Not enough segments");
        }
        String header = token.substring(0, first);
        byte[] decodedHeader = decode(header, "header");
        Map<?, ?> members = object(decodedHeader, "header");
        byte[] content = decode(token.substring(first + 1, last), "payload");
        byte[] signature = decode(token.substring(last + 1), "crypto");
        return new TokenText(
                header.getBytes(StandardCharsets.UTF_8),
                token.substring(first + 1, last).getBytes(StandardCharsets.UTF_8),
                signature,
                members,
                content);
    }

    /** Characters outside the alphabet are skipped, as the reference's decoder does, but count for the length. */
    private static byte[] decode(String segment, String name) {
        String digits = segment.replaceAll("[^A-Za-z0-9_-]", "");
        int padding = (4 - segment.length() % 4) % 4;
        int rest = digits.length() % 4;
        if (segment.length() % 4 == 1 || rest == 1 || rest > 0 && rest + padding < 4) {
            throw invalid("Invalid " + name + " padding");
        }
        return Base64.getUrlDecoder().decode(digits);
    }

    private static Map<?, ?> object(byte[] json, String name) {
        @Nullable Object value;
        try {
            value = BodyReader.read(json, 0, json.length);
        } catch (ApiException e) {
            throw invalid("Invalid " + name + " string: not JSON");
        }
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw invalid("Invalid " + name + " string: must be a json object");
    }

    String algorithm() {
        Object name = headerMembers.get("alg");
        if (name == null && !headerMembers.containsKey("alg")) {
            throw invalid("Algorithm not specified");
        }
        return String.valueOf(name);
    }

    /** What the token says; to be asked for after the signature was checked. */
    TokenClaims claims() {
        return new TokenClaims(object(content, "payload"));
    }

    static ApiException invalid(String reason) {
        return ApiError.INVALID_TOKEN.of("invalid jwt token").with("reason", reason);
    }
}
