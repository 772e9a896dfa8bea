package clearml.apiserver.call;

import clearml.config.ServerConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;

/** Puts the kernel together. */
@Configuration(proxyBeanMethods = false)
class CallConfiguration {

    private static final long MIB = 1024 * 1024;

    /** Above what the SDK ever sends in one ordinary request. */
    private static final long DEFAULT_LIMIT_MIB = 64;

    private static final long DEFAULT_BATCH_LIMIT_MIB = 1024;

    /** What the objects made of a body, and the documents made of these, take at most: so many times its bytes. */
    private static final long HEAP_FOR_A_BODY = 16;

    private static final long ROOM_WAIT_MS = 2_000;

    @Bean
    ApiEndpoints apiEndpoints(ApplicationContext context) {
        List<ApiEndpoint> endpoints = new ArrayList<>();
        context.getBeansWithAnnotation(ApiController.class).values().forEach(bean -> collect(endpoints, bean));
        return new ApiEndpoints(endpoints);
    }

    private static void collect(List<ApiEndpoint> endpoints, Object controller) {
        for (Method method : ReflectionUtils.getUniqueDeclaredMethods(AopUtils.getTargetClass(controller))) {
            ApiCall declaration = AnnotatedElementUtils.getMergedAnnotation(method, ApiCall.class);
            if (declaration != null) {
                endpoints.add(new ApiEndpoint(declaration, new EndpointMethod(controller, method)));
            }
        }
    }

    @Bean
    ApiCallMapping apiCallMapping(ObjectProvider<ApiEndpoints> endpoints, ServerConfig config) {
        PathRules rules = new PathRules(
                config.optString("apiserver.request.strip_prefix").orElse(""),
                config.bool("apiserver.version.required"),
                config.bool("apiserver.version.check_max_version"));
        return new ApiCallMapping(endpoints.getObject(), rules);
    }

    @Bean
    ApiCallAdapter apiCallAdapter(Authentication authentication, ServerConfig config, Envelope envelope) {
        long heap = Runtime.getRuntime().maxMemory();
        RequestBody body = new RequestBody(
                MIB * limit(config, "max_size_mb", DEFAULT_LIMIT_MIB),
                Math.min(heap / 4, MIB * limit(config, "max_batch_size_mb", DEFAULT_BATCH_LIMIT_MIB)));
        BodyRoom room =
                new BodyRoom(MIB * limit(config, "max_in_flight_mb", heap / MIB / HEAP_FOR_A_BODY), ROOM_WAIT_MS);
        return new ApiCallAdapter(authentication, body, room, envelope);
    }

    private static long limit(ServerConfig config, String name, long otherwise) {
        String path = "apiserver.request." + name;
        return config.has(path) ? config.longInteger(path) : otherwise;
    }

    @Bean
    Envelope envelope(ServerConfig config) {
        boolean stacks = config.bool("apiserver.return_stack") && config.bool("apiserver.return_stack_to_caller");
        Optional<Object> on = config.raw("apiserver.return_stack_on_code");
        return new Envelope(new ErrorStacks(stacks, on.orElse(List.of()) instanceof List<?> list ? list : List.of()));
    }

    @Bean
    CallErrors callErrors(List<ErrorTranslator> translators) {
        return new CallErrors(translators);
    }

    @Bean
    FilterRegistrationBean<CallFilter> callFilter(
            ServerConfig config, CallErrors errors, Envelope envelope, MeterRegistry registry, ApiEndpoints endpoints) {
        Cors cors = new Cors(
                config.strings("apiserver.cors.origins"),
                config.optBool("apiserver.cors.supports_credentials").orElse(true));
        String server = config.optString("apiserver.response.headers.server").orElse("clearml");
        var filter = new FilterRegistrationBean<>(
                new CallFilter(cors, server, errors, envelope, new CallMetrics(registry, endpoints)));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }
}
