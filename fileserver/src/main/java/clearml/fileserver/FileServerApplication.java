package clearml.fileserver;

import clearml.config.ConfigException;
import clearml.config.ServerConfig;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Starts a file server. */
@Configuration(proxyBeanMethods = false)
@Import({FileServerConfiguration.class, OwnAutoConfiguration.class})
public class FileServerApplication {

    /**
     * Listens on {@code fileserver.listen} when this returns.
     *
     * @param springProperties over our own defaults, such as {@code server.port} (0: any free one, to be read from
     *     {@code local.server.port})
     * @throws ConfigException the configuration is wrong, or the folder for files cannot be written
     */
    public static ConfigurableApplicationContext run(ServerConfig config, Map<String, Object> springProperties) {
        warnAboutLocale();
        FileServerSettings settings = FileServerSettings.of(config);
        FileStore store = FileStore.open(settings.root());
        SpringApplication application = new SpringApplication(FileServerApplication.class);
        application.setBannerMode(Banner.Mode.OFF);
        Map<String, Object> properties = properties(config);
        properties.putAll(springProperties);
        application.addInitializers(context -> {
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("fileserver", properties));
            GenericApplicationContext beans = (GenericApplicationContext) context;
            beans.registerBean(ServerConfig.class, () -> config);
            beans.registerBean(FileServerSettings.class, () -> settings);
            beans.registerBean(FileStore.class, () -> store);
        });
        application.setDefaultProperties(Map.of("spring.config.name", "fileserver"));
        return application.run();
    }

    private static Map<String, Object> properties(ServerConfig config) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.address", config.string("fileserver.listen.ip"));
        properties.put("server.port", config.integer("fileserver.listen.port"));
        properties.put("server.server-header", config.string("fileserver.response.headers.server"));
        properties.put("server.shutdown", "graceful");
        properties.put("spring.lifecycle.timeout-per-shutdown-phase", "8s");
        // What a refused upload may still send, so that its sender gets to read why.
        properties.put("server.tomcat.max-swallow-size", "64MB");
        properties.put("server.tomcat.max-keep-alive-requests", -1);
        properties.put("server.tomcat.connection-timeout", "60s");
        properties.put("server.max-http-request-header-size", "64KB");
        properties.put("spring.threads.virtual.enabled", Runtime.version().feature() >= 21);
        properties.put("spring.web.resources.add-mappings", false);
        properties.put("spring.mvc.formcontent.filter.enabled", false);
        properties.put("spring.application.name", "fileserver");
        properties.put("management.endpoints.web.exposure.include", "health,prometheus");
        properties.put("management.endpoints.web.discovery.enabled", false);
        properties.put("management.endpoint.health.show-components", "always");
        properties.put("management.endpoint.health.probes.enabled", true);
        properties.put("management.endpoint.health.group.readiness.include", "readinessState,storage");
        return properties;
    }

    /** File names are encoded as the locale says, which in a bare container is ASCII. */
    private static void warnAboutLocale() {
        String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
        if (!encoding.equalsIgnoreCase("UTF-8")) {
            LoggerFactory.getLogger(FileServerApplication.class)
                    .warn("File names are limited to {}: set LC_ALL=C.UTF-8 for others", encoding);
        }
    }

    public static void main(String[] args) {
        try {
            ServerConfig config = ServerConfig.load(System.getenv());
            run(config.with(CommandLine.parse(args)), Map.of());
        } catch (ConfigException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
