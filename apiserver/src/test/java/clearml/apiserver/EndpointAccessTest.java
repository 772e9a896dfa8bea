package clearml.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import clearml.apiserver.call.Access;
import clearml.apiserver.call.ApiCall;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may call what: the few endpoints that are not for everybody who is authenticated, and no other. */
class EndpointAccessTest {

    private static final Map<String, Access> SPECIAL = Map.ofEntries(
            Map.entry("auth.get_token_for_user", Access.SYSTEM),
            Map.entry("auth.validate_token", Access.SYSTEM),
            Map.entry("auth.create_user", Access.SYSTEM),
            Map.entry("users.create", Access.SYSTEM),
            Map.entry("users.delete", Access.SYSTEM),
            Map.entry("server.get_stats", Access.SYSTEM),
            Map.entry("server.config", Access.SYSTEM),
            Map.entry("server.endpoints", Access.SYSTEM),
            Map.entry("auth.edit_user", Access.ADMIN),
            Map.entry("auth.fixed_users_mode", Access.OPEN),
            Map.entry("debug.ping", Access.OPEN),
            Map.entry("login.supported_modes", Access.OPTIONAL),
            Map.entry("login.logout", Access.OPTIONAL));

    /** Lowest versions above 1.0; an endpoint that is not here has one implementation for all. */
    private static final Map<String, Set<String>> SINCE = Map.ofEntries(
            Map.entry("server.info", Set.of("1.0", "2.8", "2.12")),
            Map.entry("users.get_all_ex", Set.of("1.0", "2.8")),
            Map.entry("events.debug_images", Set.of("1.0", "1.8", "2.7")),
            Map.entry("events.get_task_log", Set.of("1.0", "1.7", "2.9")),
            Map.entry("events.get_task_plots", Set.of("1.0", "1.8")),
            Map.entry("events.get_multi_task_plots", Set.of("1.0", "1.8")),
            Map.entry("auth.logout", Set.of("2.2")),
            Map.entry("tasks.completed", Set.of("2.2")),
            Map.entry("projects.get_task_tags", Set.of("2.8")),
            Map.entry("projects.get_model_tags", Set.of("2.8")),
            Map.entry("projects.get_hyper_parameters", Set.of("2.9")),
            Map.entry("tasks.add_or_update_artifacts", Set.of("2.10")),
            Map.entry("tasks.delete_artifacts", Set.of("2.10")),
            Map.entry("projects.get_task_parents", Set.of("2.12")),
            Map.entry("events.get_debug_image_sample", Set.of("2.12")),
            Map.entry("events.next_debug_image_sample", Set.of("2.12")),
            Map.entry("login.logout", Set.of("2.13")),
            Map.entry("tasks.add_or_update_model", Set.of("2.13")),
            Map.entry("tasks.delete_models", Set.of("2.13")),
            Map.entry("models.add_or_update_metadata", Set.of("2.13")),
            Map.entry("models.delete_metadata", Set.of("2.13")),
            Map.entry("queues.add_or_update_metadata", Set.of("2.13")),
            Map.entry("queues.delete_metadata", Set.of("2.13")),
            Map.entry("projects.get_hyperparam_values", Set.of("2.13")),
            Map.entry("queues.peek_task", Set.of("2.15")),
            Map.entry("queues.get_num_entries", Set.of("2.15")),
            Map.entry("events.scalar_metrics_iter_raw", Set.of("2.16")),
            Map.entry("events.clear_scroll", Set.of("2.18")));

    private static final Set<String> SINCE_2_4 = Set.of(
            "queues.get_by_id",
            "queues.get_all",
            "queues.get_all_ex",
            "queues.get_default",
            "queues.create",
            "queues.update",
            "queues.delete",
            "queues.add_task",
            "queues.remove_task",
            "queues.move_task_forward",
            "queues.move_task_backward",
            "queues.move_task_to_front",
            "queues.move_task_to_back",
            "queues.get_queue_metrics",
            "workers.get_all",
            "workers.register",
            "workers.unregister",
            "workers.status_report",
            "workers.get_metric_keys",
            "workers.get_stats",
            "workers.get_activity_report");

    private final List<ApiCall> calls = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("clearml.apiserver").stream()
                    .flatMap(type -> type.getMethods().stream())
                    .filter(method -> method.isAnnotatedWith(ApiCall.class))
                    .map(JavaMethod::reflect)
                    .map(method -> method.getAnnotation(ApiCall.class))
                    .toList();

    @Test
    void onlyTheListedEndpointsAreNotForEverybody() {
        assertThat(calls)
                .isNotEmpty()
                .allSatisfy(call -> assertThat(call.access())
                        .as(call.value())
                        .isEqualTo(SPECIAL.getOrDefault(call.value(), Access.ALL)));
    }

    @Test
    void implementationsBeginAtTheListedVersions() {
        assertThat(calls)
                .allSatisfy(call -> assertThat(expectedVersions(call.value()))
                        .as(call.value())
                        .contains(call.since()));
    }

    private static Set<String> expectedVersions(String name) {
        if (name.matches("(tasks|models|projects)\\.make_(public|private)")) {
            return Set.of("2.9");
        }
        return SINCE_2_4.contains(name) ? Set.of("2.4") : SINCE.getOrDefault(name, Set.of("1.0"));
    }
}
