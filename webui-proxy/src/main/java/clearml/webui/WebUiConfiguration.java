package clearml.webui;

import clearml.http.AnyHostProtocol;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The two proxies and their client. */
@Configuration(proxyBeanMethods = false)
class WebUiConfiguration {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Deletions and downloads of many things take long before they answer. */
    private static final Duration ANSWER = Duration.ofMinutes(10);

    @Bean
    HttpClient upstream() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .build();
    }

    @Bean
    ServletRegistrationBean<ProxyServlet> apiProxy(HttpClient upstream, WebUiSettings settings) {
        return proxy("/api", upstream, settings.api());
    }

    @Bean
    ServletRegistrationBean<ProxyServlet> filesProxy(HttpClient upstream, WebUiSettings settings) {
        return proxy("/files", upstream, settings.files());
    }

    private static ServletRegistrationBean<ProxyServlet> proxy(String prefix, HttpClient upstream, URI target) {
        ProxyServlet servlet = new ProxyServlet(upstream, new ForwardedRequest(target, prefix, ANSWER));
        ServletRegistrationBean<ProxyServlet> registration = new ServletRegistrationBean<>(servlet, prefix + "/*");
        registration.setName("proxy" + prefix.replace('/', '-'));
        return registration;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> encodedSlashes() {
        return factory -> {
            factory.setProtocol(AnyHostProtocol.class.getName());
            factory.addConnectorCustomizers(connector -> {
                connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
                connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
            });
        };
    }
}
