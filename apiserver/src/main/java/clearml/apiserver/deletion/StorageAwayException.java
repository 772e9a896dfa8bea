package clearml.apiserver.deletion;

/** A storage of ours cannot be reached: its files wait for it, and it costs them no retries. */
final class StorageAwayException extends RuntimeException {

    private static final long serialVersionUID = 1;

    StorageAwayException(Exception cause) {
        super(cause.getMessage(), cause);
    }
}
