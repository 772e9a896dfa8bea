package clearml.fileserver;

import clearml.config.ServerConfig;
import clearml.fileserver.access.AccessConfiguration;
import clearml.http.AnyHostProtocol;
import clearml.http.RefusedRequests;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Connector;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The parts of the server, and what the servlet container must leave to them. */
@Configuration(proxyBeanMethods = false)
@Import({
    AccessConfiguration.class,
    DeleteApi.class,
    DownloadApi.class,
    DownloadHeaders.class,
    FileSender.class,
    ProblemAnswers.class,
    StorageHealth.class,
    UploadApi.class
})
class FileServerConfiguration {

    /** Characters that the SDK sends as they are. */
    private static final String UNENCODED = "\"<>[\\]^`{|}";

    private static final String SOCKET_BUFFER = "65536";

    @Bean
    FilterRegistrationBean<EntryFilter> entryFilter(ServerConfig config) {
        FilterRegistrationBean<EntryFilter> registration =
                new FilterRegistrationBean<>(new EntryFilter(new CrossOrigin(config)));
        registration.setOrder(AccessConfiguration.ORDER - 1);
        return registration;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> rawPaths() {
        return factory -> {
            factory.setProtocol(AnyHostProtocol.class.getName());
            factory.addConnectorCustomizers(FileServerConfiguration::customize);
            factory.addEngineValves(new RefusedRequests(FileServerConfiguration::refuse));
        };
    }

    /** An answer has one form. What a client accepts is no reason to refuse it. */
    @Bean
    WebMvcConfigurer anyAccept() {
        return new WebMvcConfigurer() {
            @Override
            public void configureContentNegotiation(ContentNegotiationConfigurer configurer) {
                configurer.ignoreAcceptHeader(true).defaultContentType(MediaType.ALL);
            }
        };
    }

    /** As any other name that no file can have, where the name is what was refused. */
    private static void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean reads =
                !request.getMethod().equals("POST") && !request.getMethod().equals("PUT");
        boolean notFound = reads && !RequestPath.isName(request);
        response.setStatus(notFound ? HttpServletResponse.SC_NOT_FOUND : HttpServletResponse.SC_BAD_REQUEST);
        response.setContentType("text/plain; charset=utf-8");
        response.getOutputStream().write((notFound ? "Not found" : "Bad request").getBytes(StandardCharsets.UTF_8));
    }

    private static void customize(Connector connector) {
        connector.setProperty("relaxedPathChars", UNENCODED);
        connector.setProperty("relaxedQueryChars", UNENCODED);
        connector.setEncodedSolidusHandling("passthrough");
        connector.setEncodedReverseSolidusHandling("passthrough");
        // Asks for a body only once the request is found good.
        connector.setProperty("continueResponseTiming", "onRead");
        connector.setProperty("socket.appReadBufSize", SOCKET_BUFFER);
        connector.setProperty("socket.appWriteBufSize", SOCKET_BUFFER);
    }
}
