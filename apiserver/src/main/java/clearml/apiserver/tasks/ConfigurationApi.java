package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Configuration objects of tasks: {@code {name, value, type, description}}, all texts. */
@ApiController
class ConfigurationApi {

    private final Configurations configurations;

    ConfigurationApi(Configurations configurations) {
        this.configurations = configurations;
    }

    record OfTasks(@Field(required = true, minItems = 1) List<String> tasks, List<String> names) {}

    record NamesOfTasks(
            @Field(required = true, minItems = 1) List<String> tasks,
            @Field(or = "true") boolean skipEmpty) {}

    record Item(
            @Field(required = true) String name,
            @Field(required = true) String value,
            @Nullable String type,
            @Nullable String description) {}

    record Edit(
            @Field(required = true) String task,
            @Field(required = true, minItems = 1) List<Item> configuration,
            boolean replaceConfiguration,
            boolean force) {}

    record Delete(
            @Field(required = true) String task,
            @Field(required = true, minItems = 1) List<String> configuration,
            boolean force) {}

    /** Configuration objects of tasks, all or those named, by name. 400/101 when one of the tasks is missing. */
    @ApiCall("tasks.get_configurations")
    Map<String, Object> get(OfTasks request, Caller caller) {
        return Map.of("configurations", configurations.list(request.tasks(), request.names(), caller.company()));
    }

    /** Names of the configuration objects of tasks; tasks without any are left out. */
    @ApiCall("tasks.get_configuration_names")
    Map<String, Object> getNames(NamesOfTasks request, Caller caller) {
        return Map.of("configurations", configurations.names(request.tasks(), request.skipEmpty(), caller.company()));
    }

    /** Sets configuration objects, or replaces all. 400/110 unless the task may be changed. */
    @ApiCall("tasks.edit_configuration")
    Map<String, Object> edit(Edit request, Caller caller) {
        return Map.of("updated", configurations.edit(request, caller));
    }

    /** Removes configuration objects by name. */
    @ApiCall("tasks.delete_configuration")
    Map<String, Object> delete(Delete request, Caller caller) {
        return Map.of("deleted", configurations.delete(request, caller));
    }
}
