package clearml.apiserver.call;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All endpoints by name, each with its implementations from the newest to the oldest. */
public final class ApiEndpoints {

    private static final Comparator<ApiEndpoint> NEWEST_FIRST =
            Comparator.comparing(ApiEndpoint::since).reversed();

    private final Map<String, List<ApiEndpoint>> byName;

    ApiEndpoints(Collection<ApiEndpoint> endpoints) {
        byName = endpoints.stream()
                .collect(Collectors.groupingBy(
                        ApiEndpoint::name,
                        TreeMap::new,
                        Collectors.collectingAndThen(
                                Collectors.toList(),
                                list -> list.stream().sorted(NEWEST_FIRST).toList())));
        byName.forEach(ApiEndpoints::refuseDuplicates);
    }

    private static void refuseDuplicates(String name, List<ApiEndpoint> implementations) {
        long versions =
                implementations.stream().map(ApiEndpoint::since).distinct().count();
        if (versions != implementations.size()) {
            throw new IllegalStateException("Two implementations of " + name + " for the same version");
        }
    }

    /** All of them, by name, newest implementation first. */
    public Map<String, List<ApiEndpoint>> byName() {
        return byName;
    }

    /** The highest implementation not above the requested version; 404 when there is none. */
    ApiEndpoint find(String name, ApiVersion requested) {
        for (ApiEndpoint endpoint : byName.getOrDefault(name, List.of())) {
            if (requested.atLeast(endpoint.since())) {
                return endpoint;
            }
        }
        throw ApiException.message(
                ApiError.NOT_FOUND, "Unable to find endpoint for name " + name + " and version " + requested);
    }
}
