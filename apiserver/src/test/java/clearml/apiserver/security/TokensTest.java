package clearml.apiserver.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.BodyReader;
import clearml.apiserver.call.Identity;
import clearml.apiserver.call.Role;
import clearml.config.ServerConfig;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

    private static final String SECRET = "short";
    private static final Identity SOMEONE = new Identity("u", "c", Role.USER, "name", "company");
    private static final String IDENTITY = "\"identity\":{\"user\":\"u\",\"company\":\"c\",\"role\":\"user\"}";

    private final Tokens tokens = new Tokens(ServerConfig.load(
            Map.of("CLEARML_CONFIG_DIR", "/nonexistent"), Map.of("secure.auth.token_secret", SECRET)));

    @Test
    void whatWasIssuedIsVerified() {
        Tokens.Verified verified = tokens.verify(tokens.issue(SOMEONE, null));

        assertThat(verified.identity()).isEqualTo(SOMEONE);
        assertThat(verified.session().id()).matches("[0-9a-f]{32}");
        assertThat(verified.session().expires())
                .isBetween(Instant.now().plusSeconds(2_591_990), Instant.now().plusSeconds(2_592_010));
    }

    @Test
    void clientsReadThePayload() {
        Map<?, ?> payload = payload(tokens.issue(SOMEONE, 60L));

        assertThat(payload.get("api_version")).isEqualTo("2.34");
        assertThat(payload.get("feature_set")).isEqualTo("basic");
        assertThat(payload.get("env")).isEqualTo("<unknown>");
        assertThat(payload.get("auth_type")).isEqualTo("Bearer");
        assertThat((String) payload.get("server_version")).matches("\\d+(\\.\\d+)*");
        assertThat(((Number) payload.get("exp")).longValue() - ((Number) payload.get("iat")).longValue())
                .isEqualTo(60);
    }

    @Test
    void theSystemsTokensDoNotEndUnlessAsked() {
        Identity system = new Identity("s", "c", Role.SYSTEM, "", "");

        assertThat(payload(tokens.issue(system, null)).containsKey("exp")).isFalse();
        assertThat(payload(tokens.issue(system, 0L)).containsKey("exp")).isFalse();
        assertThat(payload(tokens.issue(system, 60L)).containsKey("exp")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {31_536_001, Long.MAX_VALUE})
    void noLifeIsLongerThanConfigured(long seconds) {
        assertThatThrownBy(() -> tokens.issue(SOMEONE, seconds)).isInstanceOf(ApiException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, -100_000_000_000L, Long.MIN_VALUE})
    void aNegativeLifeIsOver(long seconds) {
        String token = tokens.issue(SOMEONE, seconds);

        assertThatThrownBy(() -> tokens.verify(token)).hasMessageEndingWith("reason=Signature has expired");
    }

    @ParameterizedTest
    @CsvSource({"HS256, HmacSHA256", "HS384, HmacSHA384", "HS512, HmacSHA512"})
    void everyHmacIsRead(String name, String mac) {
        assertThat(tokens.verify(signed("{\"alg\":\"" + name + "\"}", "{" + IDENTITY + "}", mac))
                        .identity()
                        .user())
                .isEqualTo("u");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{%s,\"exp\":1} | Signature has expired",
                "{%s,\"iat\":99999999999} | The token is not yet valid (iat)",
                "{%s,\"nbf\":99999999999} | The token is not yet valid (nbf)",
                "{%s,\"exp\":\"x\"} | Expiration Time claim (exp) must be an integer.",
                "{%s,\"iat\":\"x\"} | Issued At claim (iat) must be an integer.",
                "{%s,\"aud\":\"x\"} | Invalid audience",
                "[%s] | Invalid payload string: not JSON",
                "[] | Invalid payload string: must be a json object"
            })
    void aWrongClaimIsNamed(String payload, String reason) {
        assertThatThrownBy(() -> tokens.verify(signed(payload.formatted(IDENTITY))))
                .hasMessage("Invalid token (invalid jwt token): reason=" + reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | the token has no identity",
                "{\"identity\":[]} | the token has no identity",
                "{\"identity\":{\"user\":\"u\"}} | Identity.__init__() missing 2 required positional arguments: 'company' and 'role'",
                "{\"identity\":{\"user\":\"u\",\"role\":\"user\"}} | Identity.__init__() missing 1 required positional argument: 'company'",
                "{\"identity\":{}} | Identity.__init__() missing 3 required positional arguments: 'user', 'company', and 'role'",
                "{\"identity\":{\"user\":\"u\",\"company\":\"c\",\"role\":\"user\",\"zz\":1}} | Identity.__init__() got an unexpected keyword argument 'zz'"
            })
    void aWrongIdentityIsNamed(String payload, String reason) {
        assertThatThrownBy(() -> tokens.verify(signed(payload)))
                .hasMessage("Invalid token (failed parsing token): reason=" + reason);
    }

    @Test
    void timesMayBeTextAndFractions() {
        assertThat(tokens.verify(signed("{" + IDENTITY + ",\"exp\":\"9999999999\",\"iat\":1.5}"))
                        .session()
                        .expires())
                .isEqualTo(Instant.ofEpochSecond(9_999_999_999L));
    }

    @Test
    void anUnknownRoleHasNoRights() {
        String payload = "{\"identity\":{\"user\":\"u\",\"company\":\"c\",\"role\":\"emperor\"}}";

        assertThat(tokens.verify(signed(payload)).identity().role()).isEqualTo(Role.GUEST);
    }

    @ParameterizedTest
    @CsvSource({
        "x, Not enough segments",
        "a.b, Not enough segments",
        "'', Not enough segments",
        "a.b.c, Invalid header padding",
        "bnVsbA.b.c, Invalid header string: must be a json object",
        "eyJh.e30.c, Invalid header string: not JSON",
        "e30.a.c, Invalid payload padding",
        "e30.e30.a, Invalid crypto padding",
        "e30.e30.e30, Algorithm not specified",
        "eyJhbGciOiJ4In0.e30.e30, The specified alg value is not allowed"
    })
    void whatIsNoTokenIsNamed(String token, String reason) {
        assertThatThrownBy(() -> tokens.verify(token))
                .hasMessage("Invalid token (invalid jwt token): reason=" + reason);
    }

    @Test
    void aChangedTokenIsRefused() {
        String token = tokens.issue(SOMEONE, null);
        String[] parts = token.split("\\.");
        String other =
                tokens.issue(new Identity("root", "c", Role.ROOT, "", ""), null).split("\\.")[1];

        assertThatThrownBy(() -> tokens.verify(parts[0] + "." + other + "." + parts[2]))
                .hasMessageEndingWith("Signature verification failed");
        assertThatThrownBy(() -> tokens.verify(parts[0] + "." + parts[1] + "."))
                .hasMessageEndingWith("Signature verification failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none"})
    void aTokenWithoutSignatureIsRefused(String algorithm) {
        String header = encoded("{\"alg\":\"" + algorithm + "\"}");

        assertThatThrownBy(() -> tokens.verify(header + "." + encoded("{" + IDENTITY + "}") + "."))
                .hasMessageStartingWith("Invalid token (jwt invalid key error)");
    }

    private static Map<?, ?> payload(String token) {
        return (Map<?, ?>) BodyReader.read(new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), UTF_8));
    }

    private static String signed(String payload) {
        return signed("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", payload, "HmacSHA256");
    }

    private static String signed(String header, String payload, String algorithm) {
        try {
            String content = encoded(header) + "." + encoded(payload);
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), algorithm));
            return content + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(content.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
