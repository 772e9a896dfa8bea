package clearml.apiserver.organization;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.List;
import java.util.Map;

/** How long machines have worked for projects, users and queues. */
@ApiController
class UsagesApi {

    private final ProjectUsages usages;

    UsagesApi(ProjectUsages usages) {
        this.usages = usages;
    }

    /** What is summed up by. */
    enum Breakdown {
        PROJECT("projects"),
        QUEUE("queues"),
        USER("users");

        private final String member;

        Breakdown(String member) {
            this.member = member;
        }

        /** The member of the answer. */
        String member() {
            return member;
        }
    }

    /**
     * @param fromDate any time of the first day, whose offset counts for all days; without one it is UTC
     * @param toDate any time of the last day
     * @param includeDevelopment also tasks that no agent ran
     * @param breakdownKeys empty for all
     * @param usageFields empty for the duration and the use of GPUs
     */
    record Request(
            @Field(minItems = 1) List<String> projects,
            @Field(required = true) String fromDate,
            @Field(required = true) String toDate,
            boolean includeDevelopment,
            List<Breakdown> breakdownKeys,
            List<UsageField> usageFields) {}

    /**
     * Seconds that tasks ran, by day: {@code {"projects": {"series": [{id, name, dates, duration, ...}], "total":
     * [{id, name, duration, ...}]}, "users": ..., "queues": ...}}. The dates are seconds since 1970 at the beginning of
     * each day; the use of CPUs and GPUs is the duration times what the queue says of its machines, 1 with a mark if it
     * says nothing. 400/12 for days that are none or in the wrong order.
     */
    @ApiCall("organization.get_project_usages")
    Map<String, Object> usages(Request request, Caller caller) {
        return usages.sum(request, caller.company());
    }
}
