package clearml.apiserver.store.elastic;

import org.jspecify.annotations.Nullable;

/** Elasticsearch refused a request, or did not answer it. */
public final class ElasticException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    private static final int TOO_LARGE = 413;
    private static final String BLOCKED = "cluster_block_exception";
    private static final String NO_SHARD = "no_shard_available_action_exception";
    private static final String ALL_FAILED = "search_phase_execution_exception";
    private static final String TOO_MANY_BUCKETS = "too_many_buckets_exception";
    private static final String TOO_MUCH_MEMORY = "circuit_breaking_exception";
    private static final String ANSWER_TOO_LARGE = "answer_too_large";

    private final int status;
    private final String type;
    private final String reason;

    private ElasticException(int status, String type, String reason, @Nullable Throwable cause) {
        super(type + ": " + reason, cause);
        this.status = status;
        this.type = type;
        this.reason = reason;
    }

    static ElasticException refused(int status, String type, String reason) {
        return new ElasticException(status, type, reason, null);
    }

    static ElasticException noAnswer(Throwable cause) {
        String text = cause.getMessage();
        return new ElasticException(
                0,
                "connection_error",
                "Elasticsearch does not answer: "
                        + (text == null ? cause.getClass().getSimpleName() : text),
                cause);
    }

    static ElasticException answerTooLarge() {
        return refused(TOO_LARGE, ANSWER_TOO_LARGE, "more was asked for than there is memory for");
    }

    /** The HTTP status; 0 without an answer. */
    public int status() {
        return status;
    }

    /** The kind of error, such as {@code search_phase_execution_exception}. */
    public String type() {
        return type;
    }

    public String reason() {
        return reason;
    }

    /** Whether there was no answer at all: the server is down, unreachable or too slow. */
    public boolean unanswered() {
        return status == 0;
    }

    /** Whether the same may succeed later: no answer, too much to do, or not ready yet after a start. */
    public boolean temporary() {
        return unanswered() || overloaded();
    }

    /** Whether the same may succeed a little later. */
    boolean overloaded() {
        return !readOnly() && (status == TOO_MANY_REQUESTS || status == UNAVAILABLE);
    }

    /** Whether no shard could be searched: they are being made, or lost. */
    boolean withoutShards() {
        return status == UNAVAILABLE && (type.equals(NO_SHARD) || type.equals(ALL_FAILED));
    }

    /** Whether a search wanted more buckets than {@code search.max_buckets}; it can be asked in parts. */
    public boolean tooManyBuckets() {
        return type.equals(TOO_MANY_BUCKETS);
    }

    /** Whether the answer is more than this server, or Elasticsearch, has memory for; less of it can be asked for. */
    public boolean tooLarge() {
        return type.equals(ANSWER_TOO_LARGE) || type.equals(TOO_MUCH_MEMORY);
    }

    /**
     * Whether nothing can be written, because the disk is nearly full. While a node is starting everything is blocked too,
     * with status 503.
     */
    public boolean readOnly() {
        return type.equals(BLOCKED) && status != UNAVAILABLE;
    }
}
