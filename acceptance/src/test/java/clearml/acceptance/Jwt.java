package clearml.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/** Makes and reads tokens by hand, so that tokens no library would make can be tried. */
final class Jwt {

    private Jwt() {}

    static JsonNode payload(String token) {
        return Api.JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
    }

    static JsonNode header(String token) {
        return Api.JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[0]));
    }

    /** A token signed with the shipped secret; algorithm HS256, HS384, HS512 or none. */
    static String sign(String algorithm, Map<String, ?> payload) {
        return sign(algorithm, payload, ShippedDefaults.TOKEN_SECRET);
    }

    static String sign(String algorithm, Map<String, ?> payload, String secret) {
        var unsigned = part(Map.of("alg", algorithm, "typ", "JWT")) + "." + part(payload);
        return unsigned + "." + (algorithm.equals("none") ? "" : signature(algorithm, unsigned, secret));
    }

    private static String part(Map<String, ?> json) {
        return encode(Api.JSON.writeValueAsBytes(json));
    }

    private static String signature(String algorithm, String unsigned, String secret) {
        try {
            var name = algorithm.replace("HS", "HmacSHA");
            var mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), name));
            return encode(mac.doFinal(unsigned.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
