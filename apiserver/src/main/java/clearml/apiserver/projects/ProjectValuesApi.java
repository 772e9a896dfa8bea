package clearml.apiserver.projects;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import clearml.apiserver.projects.ProjectContents.Kind;
import clearml.apiserver.query.KeyEscaping;
import clearml.apiserver.query.TextPattern;
import com.mongodb.client.model.Filters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Values in use in projects, for filters, columns and comparisons. */
@ApiController
class ProjectValuesApi {

    private final ProjectValues values;
    private final ProjectContents contents;

    ProjectValuesApi(ProjectValues values, ProjectContents contents) {
        this.values = values;
        this.contents = contents;
    }

    record Metrics(
            @Nullable String project,
            @Field(or = "true") boolean includeSubprojects,
            boolean modelMetrics,
            List<String> ids) {}

    record Keys(
            @Nullable String project,
            @Field(or = "true") boolean includeSubprojects,
            @Nullable Long page,
            @Nullable Long pageSize) {

        ProjectValues.Part part() {
            return ProjectValues.Part.of(page, pageSize);
        }
    }

    record HyperparamValues(
            List<@Nullable Object> projects,
            @Field(required = true) String section,
            @Field(required = true) String name,
            @Field(or = "true") boolean allowPublic,
            @Field(or = "true") boolean includeSubprojects,
            @Nullable Long page,
            @Nullable Long pageSize,
            @Nullable String pattern) {}

    record MetadataValues(
            List<@Nullable Object> projects,
            @Field(required = true) String key,
            @Field(or = "true") boolean allowPublic,
            @Field(or = "true") boolean includeSubprojects,
            @Nullable Long page,
            @Nullable Long pageSize) {}

    /** The metrics of tasks or models: {@code {"metrics": [{metric, metric_hash, variant, variant_hash}]}}. */
    @ApiCall("projects.get_unique_metric_variants")
    Map<String, Object> metricVariants(Metrics request, Caller caller) {
        Bson where = contents.in(request.project(), request.includeSubprojects());
        Bson condition = request.ids().isEmpty() ? where : Filters.and(where, Filters.in("_id", request.ids()));
        Kind kind = request.modelMetrics() ? Kind.MODEL : Kind.TASK;
        return Map.of("metrics", values.metricVariants(kind, condition, caller.company()));
    }

    /** The names of hyperparameters: {@code {"total", "remaining", "parameters": [{section, name}]}}. */
    @ApiCall(value = "projects.get_hyper_parameters", since = "2.9")
    Map<String, Object> hyperparameters(Keys request, Caller caller) {
        Bson where = contents.in(request.project(), request.includeSubprojects());
        var found = values.hyperparameters(where, request.part(), caller.company());
        return keys(found, request.part(), "parameters");
    }

    /** The keys of the metadata of models: {@code {"total", "remaining", "keys"}}. */
    @ApiCall("projects.get_model_metadata_keys")
    Map<String, Object> metadataKeys(Keys request, Caller caller) {
        Bson where = contents.in(request.project(), request.includeSubprojects());
        var found = values.metadataKeys(where, request.part(), caller.company());
        return keys(found, request.part(), "keys");
    }

    private static Map<String, Object> keys(ProjectValues.Found<?> found, ProjectValues.Part part, String name) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("total", found.total());
        answer.put("remaining", found.remaining(part));
        answer.put(name, found.values());
        return answer;
    }

    /** The values of a hyperparameter: {@code {"total", "values"}}. */
    @ApiCall(value = "projects.get_hyperparam_values", since = "2.13")
    Map<String, Object> hyperparamValues(HyperparamValues request, Caller caller) {
        String path = "hyperparams." + KeyEscaping.escape(request.section()) + "." + KeyEscaping.escape(request.name())
                + ".value";
        Bson where = where(request.projects(), request.includeSubprojects(), request.allowPublic(), caller);
        Bson condition = request.pattern() == null || request.pattern().isEmpty()
                ? where
                : Filters.and(where, new Document(path, TextPattern.test(request.pattern(), true)));
        return values(
                values.values(Kind.TASK, path, condition, ProjectValues.Part.of(request.page(), request.pageSize())));
    }

    /** The values of a key in the metadata of models: {@code {"total", "values"}}. */
    @ApiCall("projects.get_model_metadata_values")
    Map<String, Object> metadataValues(MetadataValues request, Caller caller) {
        String path = "metadata." + KeyEscaping.escape(request.key()) + ".value";
        Bson where = where(request.projects(), request.includeSubprojects(), request.allowPublic(), caller);
        return values(
                values.values(Kind.MODEL, path, where, ProjectValues.Part.of(request.page(), request.pageSize())));
    }

    private Bson where(List<@Nullable Object> projects, boolean withSubprojects, boolean allowPublic, Caller caller) {
        Bson company =
                allowPublic ? ProjectContents.visible(caller.company()) : Filters.eq("company", caller.company());
        return Filters.and(company, contents.inAny(ProjectContents.ids(projects), withSubprojects));
    }

    private static Map<String, Object> values(ProjectValues.Found<Object> found) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("total", found.total());
        answer.put("values", found.values());
        return answer;
    }
}
