package clearml.apiserver.serving;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.Caller;
import clearml.apiserver.store.elastic.StatisticsWriter;
import clearml.config.ServerConfig;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes what containers tell. */
@Component
class Containers {

    private final ContainerEntries entries;
    private final StatisticsWriter statistics;
    private final int timeout;
    private final boolean registersUnknown;
    private final boolean forgetsUnknown;

    Containers(ContainerEntries entries, StatisticsWriter statistics, ServerConfig config) {
        this.entries = entries;
        this.statistics = statistics;
        this.timeout = config.integer("services.serving.default_container_timeout_sec");
        this.registersUnknown = config.bool("services.serving.container_auto_register");
        this.forgetsUnknown = config.bool("services.serving.container_auto_unregister");
    }

    /** @param ownTimeout in s, null for the usual one */
    void register(ContainerReport report, @Nullable Integer ownTimeout, Caller caller) {
        int seconds = ownTimeout == null ? timeout : ownTimeout;
        entries.put(registered(report.withoutStatistics(), seconds, caller));
    }

    private static Container registered(ContainerReport report, int timeout, Caller caller) {
        Instant now = Instant.now();
        return new Container(caller.company(), caller.realIp(), now, timeout, now, report);
    }

    /** 400/12 without a URL, 400/1051 for an unknown container that is not to be registered. */
    void report(ContainerReport report, Caller caller) {
        if (report.url() == null) {
            throw ApiError.VALIDATION_ERROR.of("Missing required field 'endpoint_url'");
        }
        Container known = entries.find(caller.company(), report.containerId());
        if (known == null && !registersUnknown) {
            throw notRegistered(report.containerId());
        }
        entries.put(
                known == null
                        ? registered(report, timeout, caller)
                        : known.after(report, caller.realIp(), Instant.now()));
        statistics.add(
                ServingHistory.INDEX,
                caller.company(),
                List.of(ContainerStatistics.document(report, caller.company(), System.currentTimeMillis())));
    }

    /** 400/1051 for an unknown container, where that is an error. */
    void unregister(String id, Caller caller) {
        Container known = entries.find(caller.company(), id);
        if (known != null) {
            entries.remove(known);
        } else if (!forgetsUnknown) {
            throw notRegistered(id);
        }
    }

    private static ApiException notRegistered(String id) {
        return ApiError.CONTAINER_NOT_REGISTERED.with("container", id);
    }
}
