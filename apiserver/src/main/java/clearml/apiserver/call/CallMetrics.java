package clearml.apiserver.call;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * {@code clearml_api_calls}: a latency histogram per endpoint and result. Only endpoints that exist become a label, so
 * that no caller can make the registry grow.
 */
final class CallMetrics {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5), Duration.ofMillis(10),
        Duration.ofMillis(25), Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250),
        Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30)
    };

    private final MeterRegistry registry;
    private final ApiEndpoints endpoints;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

    private record Key(String endpoint, int code, int subcode) {}

    CallMetrics(MeterRegistry registry, ApiEndpoints endpoints) {
        this.registry = registry;
        this.endpoints = endpoints;
    }

    void record(Call call, int code, int subcode, long nanos) {
        String name = endpoints.byName().containsKey(call.endpointName()) ? call.endpointName() : "unknown";
        timers.computeIfAbsent(new Key(name, code, subcode), this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Key key) {
        return Timer.builder("clearml.api.calls")
                .description("API calls by endpoint and result")
                .tag("endpoint", key.endpoint())
                .tag("code", String.valueOf(key.code()))
                .tag("subcode", String.valueOf(key.subcode()))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
