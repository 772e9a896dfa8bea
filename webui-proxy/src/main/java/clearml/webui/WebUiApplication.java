package clearml.webui;

import clearml.config.ConfigException;
import clearml.config.ServerConfig;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.support.GenericApplicationContext;

/** The web server. It configures what it uses and nothing else, whatever is on the class path of a joint start. */
@SpringBootConfiguration
@ComponentScan
@ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    ErrorMvcAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    JacksonAutoConfiguration.class
})
public class WebUiApplication {

    // The one restricted header that a proxy must set; the client reads this once.
    static {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

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
     * @param springProperties settings of Spring Boot over those in {@code webserver.properties}
     */
    public static ConfigurableApplicationContext run(ServerConfig config, Map<String, Object> springProperties) {
        WebUiSettings settings = WebUiSettings.of(config);
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.address", settings.listenAddress());
        properties.put("server.port", settings.listenPort());
        properties.putAll(springProperties);
        return new SpringApplicationBuilder(WebUiApplication.class)
                .properties("spring.config.name=webserver")
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .initializers(context ->
                        ((GenericApplicationContext) context).registerBean(WebUiSettings.class, () -> settings))
                .run(properties.entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
    }
}
