package clearml.apiserver.organization;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.CallBody;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much the web UI's global search would find. */
@ApiController
class CountsApi {

    private final EntityCounts counts;

    CountsApi(EntityCounts counts) {
        this.counts = counts;
    }

    /**
     * The criteria are requests of lists.
     *
     * @param activeUsers whose things are counted; empty for everybody's
     * @param limit how far is counted; null for all
     */
    record Request(
            Map<String, Object> projects,
            Map<String, Object> tasks,
            Map<String, Object> models,
            Map<String, Object> pipelines,
            Map<String, Object> pipelineRuns,
            Map<String, Object> datasets,
            Map<String, Object> datasetVersions,
            Map<String, Object> reports,
            boolean searchHidden,
            List<String> activeUsers,
            @Field(or = "true") boolean allowPublic,
            @Nullable Integer limit) {

        /** The criteria that were sent; empty ones are met by everything. */
        Map<Countable, Map<String, Object>> criteria(Map<String, ? extends @Nullable Object> sent) {
            Map<Countable, Map<String, Object>> criteria = new EnumMap<>(Countable.class);
            criteria.put(Countable.PROJECTS, projects);
            criteria.put(Countable.TASKS, tasks);
            criteria.put(Countable.MODELS, models);
            criteria.put(Countable.PIPELINES, pipelines);
            criteria.put(Countable.PIPELINE_RUNS, pipelineRuns);
            criteria.put(Countable.DATASETS, datasets);
            criteria.put(Countable.DATASET_VERSIONS, datasetVersions);
            criteria.put(Countable.REPORTS, reports);
            criteria.keySet().removeIf(what -> sent.get(what.member()) == null);
            return criteria;
        }
    }

    /**
     * A number for each kind that the request has criteria for; a kind whose criteria are wrong has a text in
     * {@code errors} instead.
     */
    @ApiCall("organization.get_entities_count")
    Map<String, Object> count(Request request, CallBody body, Caller caller) {
        return counts.count(request, request.criteria(body.fields()), caller.company());
    }
}
