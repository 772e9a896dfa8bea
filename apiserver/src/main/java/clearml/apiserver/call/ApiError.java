package clearml.apiserver.call;

/**
 * Every error that the API answers: HTTP status, subcode and default text.
 *
 * <p>Clients match code and subcode; the web UI and the SDK show the text.
 */
public enum ApiError {
    BAD_REQUEST(400, 0, "Bad request"),
    NOT_FOUND(404, 0, "Not found"),
    UNAUTHORIZED(401, 0, "Unauthorized"),
    FORBIDDEN(403, 0, "Forbidden"),
    GONE(410, 0, "Gone"),
    /** A request larger than the configured limit; the reference has no limit. */
    REQUEST_TOO_LARGE(413, 0, "Request is too large"),
    MOVED_NOT_SUPPORTED(301, 1, "This endpoint is no longer supported for the requested api version"),
    NOT_SUPPORTED(400, 1, "Endpoint is not supported"),
    REQUEST_PATH_HAS_INVALID_VERSION(400, 2, "Request path has invalid version"),
    INVALID_HEADERS(400, 5, "Invalid headers"),
    IMPERSONATION_ERROR(400, 6, "Impersonation error"),
    INVALID_ID(400, 10, "Invalid object id"),
    MISSING_REQUIRED_FIELDS(400, 11, "Missing required fields"),
    VALIDATION_ERROR(400, 12, "Validation error"),
    FIELDS_NOT_ALLOWED_FOR_ROLE(400, 13, "Fields not allowed for role"),
    INVALID_FIELDS(400, 14, "Fields not defined for object"),
    FIELDS_CONFLICT(400, 15, "Conflicting fields"),
    FIELDS_VALUE_ERROR(400, 16, "Invalid value for fields"),
    BATCH_CONTAINS_NO_ITEMS(400, 17, "Batch request contains no items"),
    BATCH_VALIDATION_ERROR(400, 18, "Batch request validation error"),
    INVALID_LUCENE_SYNTAX(400, 19, "Malformed lucene query"),
    FIELDS_TYPE_ERROR(400, 20, "Invalid type for fields"),
    INVALID_REGEX_ERROR(400, 21, "Malformed regular expression"),
    INVALID_EMAIL_ADDRESS(400, 22, "Malformed email address"),
    INVALID_DOMAIN_NAME(400, 23, "Malformed domain name"),
    NOT_PUBLIC_OBJECT(400, 24, "Object is not public"),
    INVALID_ACCESS_KEY(400, 75, "Access key not found"),
    TASK_ERROR(400, 100, "General task error"),
    INVALID_TASK_ID(400, 101, "Invalid task id"),
    TASK_VALIDATION_ERROR(400, 102, "Task validation error"),
    INVALID_TASK_STATUS(400, 110, "Invalid task status"),
    TASK_NOT_STARTED(400, 111, "Task not started (invalid task status)"),
    TASK_IN_PROGRESS(400, 112, "Task in progress (invalid task status)"),
    TASK_PUBLISHED(400, 113, "Task published (invalid task status)"),
    TASK_STATUS_UNKNOWN(400, 114, "Task unknown (invalid task status)"),
    INVALID_TASK_EXECUTION_PROGRESS(400, 120, "Invalid task execution progress"),
    FAILED_CHANGING_TASK_STATUS(400, 121, "Failed changing task status. probably someone changed it before you"),
    MISSING_TASK_FIELDS(400, 122, "Task is missing expected fields"),
    TASK_CANNOT_BE_DELETED(400, 123, "Task cannot be deleted"),
    TASK_HAS_JOBS_RUNNING(400, 125, "Task has jobs that haven't completed yet"),
    INVALID_TASK_TYPE(400, 126, "Invalid task type for this operations"),
    INVALID_TASK_INPUT(400, 127, "Invalid task output"),
    INVALID_TASK_OUTPUT(400, 128, "Invalid task output"),
    TASK_PUBLISH_IN_PROGRESS(400, 129, "Task publish in progress"),
    TASK_NOT_FOUND(400, 130, "Task not found"),
    EVENTS_NOT_ADDED(400, 131, "Events not added"),
    OPERATION_SUPPORTED_ON_REPORTS_ONLY(400, 150, "Passed task is not report"),
    CANNOT_REMOVE_ALL_RUNS(400, 160, "At least one pipeline run should be left"),
    MODEL_ERROR(400, 200, "General task error"),
    INVALID_MODEL_ID(400, 201, "Invalid model id"),
    MODEL_NOT_READY(400, 202, "Model is not ready"),
    MODEL_IS_READY(400, 203, "Model is ready"),
    INVALID_MODEL_URI(400, 204, "Invalid model uri"),
    MODEL_IN_USE(400, 205, "Model is used by tasks"),
    MODEL_CREATING_TASK_EXISTS(400, 206, "Task that created this model exists"),
    INVALID_USER(400, 300, "Invalid user"),
    INVALID_USER_ID(400, 301, "Invalid user id"),
    USER_ID_EXISTS(400, 302, "User id already exists"),
    INVALID_PREFERENCES_UPDATE(400, 305, "Malformed key and/or value"),
    INVALID_PROJECT_ID(400, 401, "Invalid project id"),
    PROJECT_HAS_TASKS(400, 402, "Project has associated tasks"),
    PROJECT_NOT_FOUND(400, 403, "Project not found"),
    PROJECT_HAS_MODELS(400, 405, "Project has associated models"),
    PROJECT_HAS_DATASETS(400, 406, "Project has associated non-empty datasets"),
    INVALID_PROJECT_NAME(400, 407, "Invalid project name"),
    CANNOT_UPDATE_PROJECT_LOCATION(400, 408, "Cannot update project location. use projects.move instead"),
    PROJECT_PATH_EXCEEDS_MAX(400, 409, "Project path exceed the maximum allowed depth"),
    PROJECT_SOURCE_AND_DESTINATION_ARE_THE_SAME(400, 410, "Project has the same source and destination paths"),
    PROJECT_CANNOT_BE_MOVED_UNDER_ITSELF(400, 411, "Project can not be moved under itself in the projects hierarchy"),
    PROJECT_CANNOT_BE_MERGED_INTO_ITS_CHILD(400, 412, "Project can not be merged into its own child"),
    PROJECT_HAS_PIPELINES(400, 413, "Project has associated pipelines with active controllers"),
    PUBLIC_PROJECT_EXISTS(400, 414, "Cannot create project. public project with the same name already exists"),
    INVALID_QUEUE_ID(400, 701, "Invalid queue id"),
    QUEUE_NOT_EMPTY(400, 702, "Queue is not empty"),
    INVALID_QUEUE_OR_TASK_NOT_QUEUED(400, 703, "Invalid queue id or task not in queue"),
    REMOVED_DURING_REPOSITION(400, 704, "Task was removed by another party during reposition"),
    FAILED_ADDING_DURING_REPOSITION(400, 705, "Failed adding task back to queue during reposition"),
    TASK_ALREADY_QUEUED(400, 706, "Failed adding task to queue since task is already queued"),
    NO_DEFAULT_QUEUE(400, 707, "No queue is tagged as the default queue for this company"),
    MULTIPLE_DEFAULT_QUEUES(400, 708, "More than one queue is tagged as the default queue for this company"),
    DATA_VALIDATION_ERROR(400, 800, "Data validation error"),
    EXPECTED_UNIQUE_DATA(400, 801, "Value combination already exists (unique field already contains this value)"),
    INVALID_WORKER_ID(400, 1001, "Invalid worker id"),
    WORKER_REGISTRATION_FAILED(400, 1002, "Worker registration failed"),
    WORKER_REGISTERED(400, 1003, "Worker is already registered"),
    WORKER_NOT_REGISTERED(400, 1004, "Worker is not registered"),
    WORKER_STATS_NOT_FOUND(400, 1005, "Worker stats not found"),
    INVALID_CONTAINER_ID(400, 1050, "Invalid container id"),
    CONTAINER_NOT_REGISTERED(400, 1051, "Container is not registered"),
    NO_CONTAINERS_FOR_URL(400, 1052, "No container instances found for service url"),
    INVALID_SCROLL_ID(400, 1104, "Invalid scroll id"),
    NOT_AUTHORIZED(401, 1, "Unauthorized (not authorized for endpoint)"),
    ENTITY_NOT_ALLOWED(401, 2, "Unauthorized (entity not allowed)"),
    BAD_AUTH_TYPE(401, 10, "Unauthorized (bad authentication header type)"),
    NO_CREDENTIALS(401, 20, "Unauthorized (missing credentials)"),
    BAD_CREDENTIALS(401, 21, "Unauthorized (malformed credentials)"),
    INVALID_CREDENTIALS(401, 22, "Unauthorized (invalid credentials)"),
    INVALID_TOKEN(401, 30, "Invalid token"),
    BLOCKED_TOKEN(401, 31, "Token is blocked"),
    INVALID_FIXED_USER(401, 40, "Fixed user id was not found"),
    ROUTING_ERROR(403, 10, "Forbidden (routing error)"),
    BLOCKED_INTERNAL_ENDPOINT(403, 12, "Forbidden (blocked internal endpoint)"),
    ROLE_NOT_ALLOWED(403, 20, "Forbidden (not allowed for role)"),
    NO_WRITE_PERMISSION(403, 21, "Forbidden (modification not allowed)"),
    GONE_NOT_SUPPORTED(410, 1, "Thus endpoint is not supported any more"),
    GENERAL_ERROR(500, 0, "General server error"),
    INTERNAL_ERROR(500, 1, "Internal server error"),
    CONFIG_ERROR(500, 2, "Configuration error"),
    BUILD_INFO_ERROR(500, 3, "Build info unavailable or corrupted"),
    LOW_DISK_SPACE(
            500,
            4,
            "Critical server error! server reports low or insufficient disk space. please resolve immediately by allocating additional disk space or freeing up storage space."),
    TRANSACTION_ERROR(500, 10, "A transaction call has returned with an error"),
    DATA_ERROR(500, 100, "General data error"),
    INCONSISTENT_DATA(500, 101, "Inconsistent data encountered in document"),
    DATABASE_UNAVAILABLE(500, 102, "Database is temporarily unavailable"),
    UPDATE_FAILED(500, 110, "Update failed"),
    MISSING_INDEX(500, 201, "Missing internal index"),
    NOT_IMPLEMENTED(500, 9999, "Action is not yet implemented"),

    /** The same will succeed later: clients repeat it, for ever if need be. Never for what stays wrong. */
    SERVICE_UNAVAILABLE(503, 0, "Service temporarily unavailable");

    private final int code;
    private final int subcode;
    private final String text;

    ApiError(int code, int subcode, String text) {
        this.code = code;
        this.subcode = subcode;
        this.text = text;
    }

    /** HTTP status and {@code meta.result_code}. */
    public int code() {
        return code;
    }

    /** {@code meta.result_subcode}. */
    public int subcode() {
        return subcode;
    }

    /** The text before details and arguments. */
    public String text() {
        return text;
    }

    /** This error with its default text only. */
    public ApiException of() {
        return new ApiException(this, null);
    }

    /** This error with a detail, shown in parentheses after the default text. */
    public ApiException of(String detail) {
        return new ApiException(this, detail);
    }

    /** This error with one argument, shown as {@code : name=value}. */
    public ApiException with(String name, @org.jspecify.annotations.Nullable Object value) {
        return new ApiException(this, null).with(name, value);
    }
}
