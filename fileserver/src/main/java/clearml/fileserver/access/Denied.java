package clearml.fileserver.access;

/** Not allowed, with the reason that the client is told. */
final class Denied extends Exception {

    private static final long serialVersionUID = 1L;

    Denied(String reason) {
        super(reason, null, false, false);
    }
}
