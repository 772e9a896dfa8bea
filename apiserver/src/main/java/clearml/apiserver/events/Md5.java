package clearml.apiserver.events;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash in ids of events and in paths of metrics; clients compute it too. */
final class Md5 {

    private static final HexFormat HEX = HexFormat.of();
    private final MessageDigest digest = digest();

    @SuppressWarnings("MD5") // a name, not a protection
    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String hex(String text) {
        return HEX.formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Adds a text, told apart from those around it. */
    void add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0xFF);
    }

    String hex() {
        return HEX.formatHex(digest.digest());
    }
}
