package clearml.apiserver.call;

import clearml.http.AnyHostProtocol;
import clearml.http.RefusedRequests;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the API needs of Tomcat beyond Boot's settings. */
@Configuration(proxyBeanMethods = false)
class TomcatConfiguration {

    private static final String PASS = EncodedSolidusHandling.PASS_THROUGH.getValue();

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> everyMethodAndExactTypes(
            ObjectProvider<FilterRegistrationBean<CallFilter>> filter) {
        return factory -> {
            factory.setProtocol(AnyHostProtocol.class.getName());
            // Every HTTP method means the same; ours does not echo what a proxy added, which is what TRACE is feared
            // for.
            factory.addConnectorCustomizers(connector -> {
                connector.setAllowTrace(true);
                // Paths are decoded by ourselves.
                connector.setEncodedSolidusHandling(PASS);
                connector.setEncodedReverseSolidusHandling(PASS);
            });
            factory.addEngineValves(
                    new ContentType.Access(),
                    new RefusedRequests((request, response) -> refuse(request, response, filter.getObject())));
        };
    }

    /** As everything that is thrown while a request is handled. */
    private static void refuse(
            HttpServletRequest request, HttpServletResponse response, FilterRegistrationBean<CallFilter> filter)
            throws IOException, ServletException {
        Objects.requireNonNull(filter.getFilter()).doFilter(request, response, (same, answer) -> {
            throw CallPath.refusal(request.getRequestURI());
        });
    }
}
