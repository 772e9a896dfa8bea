package clearml.apiserver.events;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash in ids of events and in paths of metrics; clients compute it too. */
final class Md5 {

    private static final HexFormat HEX = HexFormat.of();

    private Md5() {}

    @SuppressWarnings("MD5") // a name, not a protection
    static String hex(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            return HEX.formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
