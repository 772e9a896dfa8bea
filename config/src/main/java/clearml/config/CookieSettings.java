package clearml.config;

import java.util.List;
import java.util.Optional;

/**
 * Attributes of the session cookie.
 *
 * @param domains one that always applies, or with {@code byHost} those to choose from; none: no domain
 * @param sameSite {@code Lax}, {@code Strict}, {@code None}, or empty for no such attribute
 * @param maxAge seconds, more than fit an int
 */
public record CookieSettings(
        boolean httpOnly,
        boolean secure,
        List<String> domains,
        boolean byHost,
        Optional<String> sameSite,
        long maxAge) {

    /** @param host of the request, with or without port */
    public Optional<String> domain(String host) {
        String name = host.replaceFirst(":\\d+$", "");
        return domains.stream()
                .filter(domain -> !byHost || name.endsWith(domain))
                .findFirst();
    }

    private static CookieSettings of(ServerConfig config, String path) {
        return new CookieSettings(
                config.optBool(path + ".httponly").orElse(true),
                config.optBool(path + ".secure").orElse(false),
                domains(config, path + ".domain"),
                isList(config, path + ".domain"),
                config.nonEmpty(path + ".samesite"),
                config.has(path + ".max_age") ? config.longInteger(path + ".max_age") : 99_999_999_999L);
    }

    private CookieSettings withDomain(ServerConfig config, String path) {
        return new CookieSettings(httpOnly, secure, domains(config, path), isList(config, path), sameSite, maxAge);
    }

    private static List<String> domains(ServerConfig config, String path) {
        return config.strings(path).stream().filter(domain -> !domain.isBlank()).toList();
    }

    private static boolean isList(ServerConfig config, String path) {
        return config.raw(path).orElse("") instanceof List;
    }

    /** The attributes of each company's cookie. */
    public static final class Rules {

        private static final String OVERRIDES = "apiserver.auth.cookies_domain_override";
        private static final String CUSTOM = "apiserver.auth.custom_cookies";

        private final ServerConfig config;
        private final CookieSettings common;
        private final boolean custom;

        private Rules(ServerConfig config, CookieSettings common, boolean custom) {
            this.config = config;
            this.common = common;
            this.custom = custom;
        }

        static Rules of(ServerConfig config, String cookieName) {
            Optional<String> own = config.keys(CUSTOM).stream()
                    .map(key -> CUSTOM + "." + key)
                    .filter(path -> config.optString(path + ".name").equals(Optional.of(cookieName)))
                    .filter(path -> config.optBool(path + ".enabled").orElse(false))
                    .findFirst();
            String path = own.map(custom -> custom + ".settings").orElse("apiserver.auth.cookies");
            return new Rules(config, CookieSettings.of(config, path), own.isPresent());
        }

        public CookieSettings forCompany(String company) {
            boolean overridden = !custom && config.object(OVERRIDES).containsKey(company);
            return overridden ? common.withDomain(config, OVERRIDES + "." + company) : common;
        }
    }
}
