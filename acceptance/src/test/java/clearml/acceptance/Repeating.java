package clearml.acceptance;

import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/** Calls as clients do: what got no answer, or one that says that the server cannot, is sent again. */
final class Repeating {

    private final Api api;
    private final BooleanSupplier goOn;

    /** @param goOn asked before each attempt; {@link CancellationException} when it says no */
    Repeating(Api api, BooleanSupplier goOn) {
        this.api = api;
        this.goOn = goOn;
    }

    /** An answer, and whether the call was sent more than once, so that an earlier one may have done what it refuses. */
    record Settled(Answer answer, boolean repeated) {

        boolean isOk() {
            return answer.status() == 200;
        }
    }

    Settled call(String endpoint, Map<String, ?> body) {
        for (boolean again = false; goOn.getAsBoolean(); again = true) {
            try {
                var answer = api.call(endpoint, body);
                if (answer.status() < 500) {
                    return new Settled(answer, again);
                }
            } catch (UncheckedIOException e) {
                // Nobody knows what became of it.
            }
            Waiting.pause(ThreadLocalRandom.current().nextInt(20, 60));
        }
        throw new CancellationException(endpoint);
    }

    String status(String task) {
        return call("tasks.get_by_id", Map.of("task", task))
                .answer()
                .data()
                .at("/task/status")
                .asString("");
    }
}
