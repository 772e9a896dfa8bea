package clearml.apiserver.models;

import clearml.apiserver.call.Caller;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What models need of tasks; {@code tasks} provides it, as tasks know of models and not the other way round. */
public interface ModelTasks {

    /** Throws 400/101 for a task that is not there or another company's, 403/21 for a public one. */
    void requireWritable(String task, Caller caller);

    boolean exists(String task);

    /** The model that a task of the caller's company made last; 400/101, 400/122 when it has made none. */
    String lastOutput(String task, Caller caller);

    /**
     * What a task knows of the model that it makes.
     *
     * @param lastOutput the model it made last
     * @param firstInput the model it started from
     */
    record Maker(
            String name,
            String status,
            @Nullable String project,
            @Nullable String framework,
            Map<String, @Nullable Object> design,
            Map<String, @Nullable Object> labels,
            @Nullable String lastOutput,
            @Nullable String firstInput) {}

    /** A task that the caller may change; 400/101, 403/21. */
    Maker maker(String task, Caller caller);

    /** Makes a model the one output of a task. */
    void replaceOutput(String task, String model, Caller caller);

    /** Raises {@code last_iteration} of a task to at least this. */
    void raiseIteration(String task, int iteration, Caller caller);

    /** How many tasks, of any company, have the model among their inputs. */
    long countUsers(String model);

    /** Writes {@code __DELETED__<id>} where tasks have the model among their inputs. */
    void markInputDeleted(String model);

    /** What is done of both when models are deleted, in all tasks that know them. */
    void forget(Collection<String> models, Caller caller);

    /** Whether the task exists and is published. */
    boolean isPublished(String task);

    /** Takes the model out of a task's outputs, or marks it as deleted there if the task is published. */
    void forgetOutput(String task, String model, Caller caller);

    /**
     * Publishes the task of a model unless it is published already.
     *
     * @return {@code {"id", "data": {"updated", "fields"}}}, null when there was nothing to publish
     * @throws clearml.apiserver.call.ApiException 400/110 when its status forbids it
     */
    @Nullable
    Map<String, Object> publish(String task, boolean force, Caller caller);
}
