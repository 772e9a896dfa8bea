package clearml.apiserver.organization;

import clearml.apiserver.query.EntityModel;
import clearml.apiserver.query.entities.Entities;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What can be counted: documents of an entity, of one type where the web UI has a name of its own for it. */
enum Countable {
    PROJECTS(Entities.PROJECT, null),
    TASKS(Entities.TASK, null),
    MODELS(Entities.MODEL, null),
    PIPELINES(Entities.PROJECT, null),
    PIPELINE_RUNS(Entities.TASK, "controller"),
    DATASETS(Entities.PROJECT, null),
    DATASET_VERSIONS(Entities.TASK, "data_processing"),
    REPORTS(Entities.TASK, "report");

    private final EntityModel entity;
    private final @Nullable String type;

    Countable(EntityModel entity, @Nullable String type) {
        this.entity = entity;
        this.type = type;
    }

    EntityModel entity() {
        return entity;
    }

    /** The type that tasks must have, null for any. */
    @Nullable
    String type() {
        return type;
    }

    boolean ofProjects() {
        return entity == Entities.PROJECT;
    }

    /** Whether hidden ones count only when asked for. */
    boolean mayBeHidden() {
        return this == PROJECTS || this == TASKS;
    }

    /** The member of requests and answers. */
    String member() {
        return name().toLowerCase(Locale.ROOT);
    }
}
