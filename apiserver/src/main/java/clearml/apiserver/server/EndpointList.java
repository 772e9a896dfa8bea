package clearml.apiserver.server;

import clearml.apiserver.call.ApiEndpoint;
import clearml.apiserver.call.ApiEndpoints;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The endpoints of this server, as data. */
@Component
class EndpointList {

    /** Late, because the endpoints are collected from the controllers, this one's among them. */
    private final ObjectProvider<ApiEndpoints> endpoints;

    EndpointList(ObjectProvider<ApiEndpoints> endpoints) {
        this.endpoints = endpoints;
    }

    Map<String, Object> all() {
        Map<String, Object> all = new LinkedHashMap<>();
        endpoints
                .getObject()
                .byName()
                .forEach((name, implementations) -> all.put(
                        name,
                        implementations.stream().map(EndpointList::describe).toList()));
        return all;
    }

    private static Map<String, @Nullable Object> describe(ApiEndpoint endpoint) {
        List<String> required = List.of(endpoint.declaration().required());
        Map<String, @Nullable Object> description = new LinkedHashMap<>();
        description.put("min_version", endpoint.since().text());
        description.put("required_fields", required.isEmpty() ? null : required);
        description.put("request_data_model", endpoint.requestSchema());
        description.put("response_data_model", endpoint.responseSchema());
        return description;
    }
}
