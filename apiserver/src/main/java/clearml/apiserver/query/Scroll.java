package clearml.apiserver.query;

import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A scroll at the moment of a call.
 *
 * @param id answered as {@code scroll_id}
 * @param paging the part to answer
 */
record Scroll(String id, Paging paging) {

    /** Nothing else was ever given out; a client's text must not reach into other keys. */
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    static boolean isAsked(Map<String, ?> request) {
        return request.containsKey("scroll_id");
    }

    /** The scroll that a request goes on with, or a new one if it is not known (any more). */
    static Scroll of(Map<String, ?> request, ScrollStates states) {
        int size = Paging.size(request);
        if (request.get("scroll_id") instanceof String id && ID.matcher(id).matches()) {
            OptionalInt position = states.position(id);
            if (position.isPresent()) {
                int shown = position.getAsInt();
                return new Scroll(
                        id,
                        Truth.of(request.get("refresh_scroll"))
                                ? new Paging(0, Math.max(shown, size))
                                : new Paging(shown, size));
            }
        }
        return new Scroll(UUID.randomUUID().toString().replace("-", ""), new Paging(0, size));
    }

    void answered(int rows, ScrollStates states) {
        states.remember(id, (int) Math.min(paging.skip() + rows, Integer.MAX_VALUE));
    }
}
