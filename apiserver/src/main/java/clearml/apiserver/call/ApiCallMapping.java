package clearml.apiserver.call;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;

/**
 * Finds the endpoint of a path: steps 1 and 2 of the pipeline, before anybody is authenticated.
 *
 * <p>A mapping of our own and not {@code @RequestMapping}, because the version is an optional part of the path, every
 * method (invented ones too) means the same, and both errors are answered before authentication.
 */
final class ApiCallMapping extends AbstractHandlerMapping {

    private static final int CACHED_PATHS = 4096;

    private final ApiEndpoints endpoints;
    private final PathRules rules;
    private final Cache<String, CallPath> parsed =
            Caffeine.newBuilder().maximumSize(CACHED_PATHS).build();

    ApiCallMapping(ApiEndpoints endpoints, PathRules rules) {
        this.endpoints = endpoints;
        this.rules = rules;
        setOrder(0);
    }

    @Override
    protected @Nullable Object getHandlerInternal(HttpServletRequest request) {
        String uri = request.getRequestURI();
        if (uri.startsWith("/actuator/") || uri.contains("/static/")) {
            return null;
        }
        CallPath path = parsed.get(uri, this::parse);
        ApiVersion requested = rules.requested(path);
        Call call = Call.of(request);
        call.target(path.name(), requested);
        ApiEndpoint endpoint = endpoints.find(path.name(), requested);
        call.found(endpoint, requested);
        return endpoint;
    }

    private CallPath parse(String uri) {
        return CallPath.parse(rules.strip(CallPath.decode(uri)));
    }
}
