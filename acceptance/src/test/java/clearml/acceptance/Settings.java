package clearml.acceptance;

import java.util.Locale;
import java.util.Optional;

/** A setting of the tests: the system property {@code test.api}, or the environment variable {@code TEST_API}. */
final class Settings {

    private Settings() {}

    static Optional<String> find(String property) {
        return Optional.ofNullable(System.getProperty(property))
                .or(() -> Optional.ofNullable(
                        System.getenv(property.replace('.', '_').toUpperCase(Locale.ROOT))))
                .filter(value -> !value.isBlank());
    }
}
