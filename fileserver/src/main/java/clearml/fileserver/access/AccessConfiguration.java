package clearml.fileserver.access;

import clearml.config.ConfigException;
import clearml.config.ServerConfig;
import java.time.Clock;
import java.util.Optional;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Who is asked about a token, from {@code fileserver.auth}. */
@Configuration(proxyBeanMethods = false)
public class AccessConfiguration {

    /** After the filter that adds the headers for other origins, which belong to refusals, too. */
    public static final int ORDER = 20;

    @Bean
    FilterRegistrationBean<AccessFilter> accessFilter(ServerConfig config, JsonMapper json) {
        ApiDecisions api = apiDecisions(config, json);
        boolean basic = config.bool("fileserver.auth.basic");
        AccessFilter filter = new AccessFilter(
                config.strings("fileserver.auth.cookie_names"),
                verifier(config, api),
                basic ? Optional.of(api) : Optional.empty());
        FilterRegistrationBean<AccessFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(ORDER);
        registration.setEnabled(config.bool("fileserver.auth.enabled"));
        return registration;
    }

    private static TokenVerifier verifier(ServerConfig config, ApiDecisions api) {
        String verify = config.string("fileserver.auth.verify");
        return switch (verify) {
            case "api" -> api;
            case "local" -> new LocalTokens(config.auth().tokenSecret());
            default ->
                throw new ConfigException(
                        "fileserver.auth.verify: expected \"api\" or \"local\", not \"" + verify + "\"");
        };
    }

    private static ApiDecisions apiDecisions(ServerConfig config, JsonMapper json) {
        ApiServer server = new ApiServer(
                config.string("hosts.api_server"),
                config.string("secure.credentials.fileserver.user_key"),
                config.string("secure.credentials.fileserver.user_secret"),
                json);
        return new ApiDecisions(
                server,
                config.duration("fileserver.auth.revalidate_sec"),
                config.duration("fileserver.auth.tokens_cache_threshold_sec"),
                Clock.systemUTC());
    }
}
