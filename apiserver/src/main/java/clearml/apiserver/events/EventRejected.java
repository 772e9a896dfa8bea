package clearml.apiserver.events;

/** One event that is not taken; the others of its batch are. */
final class EventRejected extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param text as it is counted in {@code errors_info} */
    EventRejected(String text) {
        super(text, null, false, false);
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
