package clearml.apiserver.workers;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.CallBody;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import clearml.config.ServerConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Workers register, report and are listed. */
@ApiController
class WorkersApi {

    private final Registration registration;
    private final WorkerReports reports;
    private final WorkerLists lists;
    private final int usualTimeout;

    WorkersApi(Registration registration, WorkerReports reports, WorkerLists lists, ServerConfig config) {
        this.registration = registration;
        this.reports = reports;
        this.lists = lists;
        this.usualTimeout = config.integer("services.workers.default_worker_timeout_sec");
    }

    record Resources(@Nullable Double cpuUsage, @Nullable Double gpuUsage) {

        Map<String, Double> given() {
            Map<String, Double> given = new TreeMap<>();
            if (cpuUsage != null) {
                given.put("cpu_usage", cpuUsage);
            }
            if (gpuUsage != null) {
                given.put("gpu_usage", gpuUsage);
            }
            return given;
        }
    }

    /** @param timeout how long the worker is known after its last report, in s */
    record Register(
            @Field(required = true) String worker,
            @Nullable Integer timeout,
            List<String> queues,
            List<String> tags,
            List<String> systemTags,
            @Nullable Resources resources) {}

    record Unregister(@Field(required = true) String worker) {}

    /** @param timestamp of the machine's clock, epoch ms */
    record StatusReport(
            @Field(required = true) String worker,
            @Nullable String task,
            @Nullable String queue,
            List<String> queues,
            @Field(required = true) long timestamp,
            @Nullable MachineStats machineStats,
            List<String> tags,
            List<String> systemTags) {}

    record GetAll(
            @Field(or = "3600") @Nullable Long lastSeen,
            List<String> tags,
            List<String> systemTags,
            @Nullable String workerPattern) {}

    record GetCount(
            @Nullable Long lastSeen,
            List<String> tags,
            List<String> systemTags,
            @Nullable String workerPattern) {}

    /** Registers a worker, anew if it is known; 400/701 for an unknown queue, 400/1002 for a negative timeout. */
    @ApiCall(value = "workers.register", since = "2.4")
    Map<String, Object> register(Register request, CallBody body, Caller caller) {
        registration.register(
                request.worker(),
                body.has("timeout") ? request.timeout() : Integer.valueOf(usualTimeout),
                request.queues(),
                request.tags(),
                request.systemTags(),
                caller);
        if (request.resources() != null) {
            registration.setResources(request.queues(), request.resources().given(), caller);
        }
        return Map.of();
    }

    /** Forgets a worker; 400/1004 for an unknown one, if configured so. */
    @ApiCall(value = "workers.unregister", since = "2.4")
    Map<String, Object> unregister(Unregister request, Caller caller) {
        registration.unregister(request.worker(), caller);
        return Map.of();
    }

    /**
     * What a worker does, and how busy its machine is. Registers it if it is unknown. Tags are replaced, queues only by
     * others; no task means that it is idle. 400/101 for an unknown task.
     */
    @ApiCall(value = "workers.status_report", since = "2.4")
    Map<String, Object> statusReport(StatusReport request, Caller caller) {
        reports.report(request, caller);
        return Map.of();
    }

    /** Workers with their tasks and queues, those heard of within {@code last_seen} seconds: {@code {"workers": [...]}}. */
    @ApiCall(value = "workers.get_all", since = "2.4")
    Map<String, Object> getAll(GetAll request, Caller caller) {
        WorkerSelection selection =
                new WorkerSelection(request.lastSeen(), request.tags(), request.systemTags(), request.workerPattern());
        return Map.of("workers", lists.list(selection, caller.company()));
    }

    /** How many workers there are: {@code {"count"}}. */
    @ApiCall("workers.get_count")
    Map<String, Object> getCount(GetCount request, Caller caller) {
        WorkerSelection selection =
                new WorkerSelection(request.lastSeen(), request.tags(), request.systemTags(), request.workerPattern());
        return Map.of("count", lists.count(selection, caller.company()));
    }
}
