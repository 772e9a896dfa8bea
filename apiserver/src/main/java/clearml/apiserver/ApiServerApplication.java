package clearml.apiserver;

import clearml.config.ConfigException;
import clearml.config.ServerConfig;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The API server. */
@SpringBootApplication
public class ApiServerApplication {

    public static void main(String[] args) {
        try {
            run(ServerConfig.load(System.getenv()), Map.of());
        } catch (ConfigException e) {
            System.err.println("Configuration: " + e.getMessage());
            System.exit(2);
        }
    }

    /**
     * Starts the server and returns when its port is open.
     *
     * @param springProperties settings of Spring Boot over those in {@code apiserver.properties}
     */
    public static ConfigurableApplicationContext run(ServerConfig config, Map<String, Object> springProperties) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.address", config.string("apiserver.listen.ip"));
        properties.put("server.port", config.integer("apiserver.listen.port"));
        properties.put("server.compression.enabled", config.compressesResponses());
        properties.putAll(springProperties);
        return new SpringApplicationBuilder(ApiServerApplication.class)
                .properties("spring.config.name=apiserver")
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .initializers(context -> ((org.springframework.context.support.GenericApplicationContext) context)
                        .registerBean(ServerConfig.class, () -> config))
                .listeners()
                .run(arguments(properties));
    }

    /** As arguments, because these win over every other source of settings. */
    private static String[] arguments(Map<String, Object> properties) {
        return properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
    }
}
