package clearml.embedded.process;

/** A store cannot be started; the message is one line for a person: what, where, and what helps. */
public final class StoreStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreStartException(String message) {
        super(message);
    }

    public StoreStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
