package clearml.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * Secrets of this installation, made once: the well-known ones of the defaults would let everybody in. They are kept as
 * an ordinary configuration file, so that an operator's own files and variables go over them.
 */
final class Secrets {

    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final String ANY = UPPER + "abcdefghijklmnopqrstuvwxyz";

    private final SecureRandom random = new SecureRandom();

    /** Makes the file if it is not there. */
    static void ensure(Path file) throws IOException {
        if (!Files.exists(file)) {
            PrivateFile.write(file, new Secrets().file());
        }
    }

    private String file() {
        return """
                # Made at the first start. Whoever reads this can do everything on this server.
                auth { token_secret: "%s" }
                credentials {
                  apiserver { user_key: "%s", user_secret: "%s" }
                  fileserver { user_key: "%s", user_secret: "%s" }
                  webserver { user_key: "%s", user_secret: "%s" }
                  # The default user, as in clearml.conf.
                  tests { user_key: "%s", user_secret: "%s" }
                }
                """.formatted(secret(), key(), secret(), key(), secret(), key(), secret(), key(), secret());
    }

    private String key() {
        return text(UPPER, 30);
    }

    private String secret() {
        return text(ANY, 60);
    }

    private String text(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
