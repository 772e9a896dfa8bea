package clearml.apiserver.serving;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.CallBody;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import clearml.apiserver.call.RequestBinder;
import clearml.apiserver.workers.StatsRange;
import clearml.config.ServerConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Models that are served. Containers report; the web UI reads. */
@ApiController
class ServingApi {

    private final Containers containers;
    private final ServedEndpoints endpoints;
    private final ServingHistory history;
    private final int shortestInterval;

    ServingApi(Containers containers, ServedEndpoints endpoints, ServingHistory history, ServerConfig config) {
        this.containers = containers;
        this.endpoints = endpoints;
        this.history = history;
        this.shortestInterval = config.integer("services.serving.min_chart_interval_sec");
    }

    /** @param timeout in s */
    record Timeout(@Field(min = 1) @Nullable Integer timeout) {}

    record UnregisterContainer(@Field(required = true) String containerId) {}

    record GetEndpointDetails(@Field(required = true) String endpointUrl) {}

    /** Times and the interval are in s. */
    record GetHistory(
            @Field(required = true) String endpointUrl,
            @Field(required = true) double fromDate,
            @Field(required = true) double toDate,
            @Field(required = true) int interval,
            @Field(or = "\"requests\"") @Nullable MetricType metricType,
            @Field(or = "true") boolean instanceCharts) {}

    /** A container begins; without a URL it is loading. */
    @ApiCall("serving.register_container")
    Map<String, Object> register(ContainerReport report, CallBody body, Caller caller) {
        Timeout own = RequestBinder.bind(Timeout.class, body.fields());
        containers.register(report, own.timeout(), caller);
        return Map.of();
    }

    /** A container ends; 400/1051 when it is not known and that is an error. */
    @ApiCall("serving.unregister_container")
    Map<String, Object> unregister(UnregisterContainer request, Caller caller) {
        containers.unregister(request.containerId(), caller);
        return Map.of();
    }

    /** A container is well, and how busy; 400/12 without a URL, 400/1051. */
    @ApiCall("serving.container_status_report")
    Map<String, Object> report(ContainerReport report, Caller caller) {
        containers.report(report, caller);
        return Map.of();
    }

    /** What is served: {@code {"endpoints": [...]}}. */
    @ApiCall("serving.get_endpoints")
    Map<String, Object> endpoints(CallBody body, Caller caller) {
        return Map.of("endpoints", endpoints.all(caller.company()));
    }

    /** What does not serve yet: {@code {"instances": [...]}}. */
    @ApiCall("serving.get_loading_instances")
    Map<String, Object> loading(CallBody body, Caller caller) {
        return Map.of("instances", endpoints.loading(caller.company()));
    }

    /** One endpoint with its instances; 400/1052 when nothing serves there. */
    @ApiCall("serving.get_endpoint_details")
    Map<String, @Nullable Object> details(GetEndpointDetails request, Caller caller) {
        return endpoints.details(caller.company(), request.endpointUrl());
    }

    /** A chart of an endpoint and of its instances; 400/16 when the range ends before it begins. */
    @ApiCall("serving.get_endpoint_metrics_history")
    Map<String, Object> history(GetHistory request, Caller caller) {
        StatsRange range = StatsRange.of(request.fromDate(), request.toDate(), request.interval(), shortestInterval);
        MetricType type = request.metricType() == null ? MetricType.REQUESTS : request.metricType();
        return history.chart(caller.company(), request.endpointUrl(), type, range, request.instanceCharts());
    }
}
