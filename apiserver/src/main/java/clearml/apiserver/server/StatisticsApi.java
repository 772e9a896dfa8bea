package clearml.apiserver.server;

import clearml.apiserver.call.Access;
import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.Caller;
import java.time.LocalDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Figures about the use of the server. They stay here: nothing is sent to anybody. */
@ApiController
class StatisticsApi {

    private final StatsOption option;
    private final Statistics statistics;

    StatisticsApi(StatsOption option, Statistics statistics) {
        this.option = option;
        this.statistics = statistics;
    }

    record OptionRequest(@Nullable Boolean enabled) {}

    /** @param enabledTime when it was last switched on or off */
    record Option(
            boolean supported,
            @Nullable Boolean enabled,
            @Nullable String currentVersion,
            @Nullable LocalDateTime enabledTime,
            @Nullable String enabledVersion,
            @Nullable String enabledUser) {}

    /** Reads or sets whether the company agreed to statistics. */
    @ApiCall("server.report_stats_option")
    Option option(OptionRequest request, Caller caller) {
        return option.readOrSet(caller, request.enabled());
    }

    /** The figures of the caller's company; begins a new interval of the server's own resources. */
    @ApiCall(value = "server.get_stats", access = Access.SYSTEM)
    Map<String, Object> statistics(Caller caller) {
        return statistics.of(caller.company());
    }
}
