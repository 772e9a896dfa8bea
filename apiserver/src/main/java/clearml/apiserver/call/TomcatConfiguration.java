package clearml.apiserver.call;

import clearml.http.AnyHostProtocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the API needs of Tomcat beyond Boot's settings. */
@Configuration(proxyBeanMethods = false)
class TomcatConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> everyMethodAndExactTypes() {
        return factory -> {
            factory.setProtocol(AnyHostProtocol.class.getName());
            // Every HTTP method means the same; ours does not echo what a proxy added, which is what TRACE is feared
            // for.
            factory.addConnectorCustomizers(connector -> connector.setAllowTrace(true));
            factory.addEngineValves(new ContentType.Access());
        };
    }
}
