package clearml.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** A key and its secret. */
record Credentials(String key, String secret) {

    String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((key + ":" + secret).getBytes(UTF_8));
    }
}
