package clearml.apiserver.workers;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Properties that steer a worker while it runs. */
@ApiController
class RuntimePropertiesApi {

    private static final long LONGEST_S = 100L * 365 * 24 * 3600;

    private final RuntimeProperties properties;

    RuntimePropertiesApi(RuntimeProperties properties) {
        this.properties = properties;
    }

    /** @param expiry for how long, in s; none for ever, 0 removes it */
    record Property(
            @Field(required = true) String key,
            @Field(required = true, lenientText = true) String value,
            @Field(max = LONGEST_S) @Nullable Long expiry) {}

    record Set(@Field(required = true) String worker, List<Property> runtimeProperties) {}

    record Get(@Field(required = true) String worker) {}

    /** Sets or removes properties, and leaves the others. */
    @ApiCall("workers.set_runtime_properties")
    Map<String, Object> set(Set request, Caller caller) {
        request.runtimeProperties()
                .forEach(property -> properties.set(
                        caller.company(), request.worker(), property.key(), property.value(), property.expiry()));
        return Map.of();
    }

    /**
     * {@code {"runtime_properties": [{"key", "value", "expiry"}]}}, without those that have expired. {@code expiry} is
     * how long a property stays, in s, null for ever.
     */
    @ApiCall("workers.get_runtime_properties")
    Map<String, Object> get(Get request, Caller caller) {
        return Map.of("runtime_properties", properties.of(caller.company(), request.worker()));
    }
}
