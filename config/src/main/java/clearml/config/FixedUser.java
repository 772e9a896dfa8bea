package clearml.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A person with a configured password. */
public record FixedUser(String username, String password, String name, String company, boolean guest) {

    /** Of the auth user and the backend user: md5 of company and username. */
    public String id() {
        try {
            byte[] text = (company + ":" + username).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public String email() {
        return id() + "@example.com";
    }

    public String role() {
        return guest ? "guest" : "user";
    }

    @Override
    public String toString() {
        return "FixedUser[" + username + "]";
    }
}
