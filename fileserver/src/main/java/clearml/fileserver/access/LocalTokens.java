package clearml.fileserver.access;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.exceptions.TokenExpiredException;
import com.auth0.jwt.interfaces.DecodedJWT;

/** Believes the signature: any HMAC with the shared secret. Knows nothing of logouts. */
final class LocalTokens implements TokenVerifier {

    private final String secret;

    LocalTokens(String secret) {
        this.secret = secret;
    }

    @Override
    public void verify(String token) throws Denied {
        try {
            DecodedJWT decoded = JWT.decode(token);
            Algorithm algorithm = switch (String.valueOf(decoded.getAlgorithm())) {
                case "HS256" -> Algorithm.HMAC256(secret);
                case "HS384" -> Algorithm.HMAC384(secret);
                case "HS512" -> Algorithm.HMAC512(secret);
                default -> throw new Denied("Invalid token");
            };
            JWT.require(algorithm).withClaimPresence("identity").build().verify(decoded);
        } catch (TokenExpiredException e) {
            throw new Denied("Signature has expired");
        } catch (JWTVerificationException e) {
            throw new Denied("Invalid token");
        }
    }
}
