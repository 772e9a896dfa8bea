package clearml.fileserver.access;

/** The API server cannot be asked. */
final class Undecided extends Exception {

    private static final long serialVersionUID = 1L;

    Undecided(String reason) {
        super(reason, null, false, false);
    }
}
