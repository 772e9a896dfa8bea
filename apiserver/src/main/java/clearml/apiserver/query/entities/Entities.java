package clearml.apiserver.query.entities;

import clearml.apiserver.query.EntityModel;

/** The entities that lists are made of. */
public final class Entities {

    public static final EntityModel TASK = TaskEntity.describe();
    public static final EntityModel MODEL = ModelEntity.describe();
    public static final EntityModel PROJECT = ProjectEntity.describe();
    public static final EntityModel QUEUE = QueueEntity.describe();
    /** Users of the backend database; credentials are elsewhere. */
    public static final EntityModel USER = UserEntity.user();

    public static final EntityModel COMPANY = UserEntity.company();

    private Entities() {}
}
