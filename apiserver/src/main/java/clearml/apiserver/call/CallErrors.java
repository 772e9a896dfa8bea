package clearml.apiserver.call;

import java.util.List;
import java.util.Objects;
import org.apache.coyote.BadRequestException;

/** Everything that can be thrown while a request is handled, as a documented error. */
final class CallErrors {

    private final List<ErrorTranslator> translators;

    CallErrors(List<ErrorTranslator> translators) {
        this.translators = List.copyOf(translators);
    }

    ApiException of(Throwable failure) {
        if (failure instanceof ApiException error) {
            return error;
        }
        if (failure instanceof BadRequestException) {
            // The client is gone, or sent what is not HTTP: nothing is wrong here.
            return BodyReader.malformed();
        }
        return translators.stream()
                .map(translator -> translator.translate(failure))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> ApiException.message(ApiError.GENERAL_ERROR, text(failure)));
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        return ApiError.GENERAL_ERROR.text() + ": err="
                + (message == null ? failure.getClass().getSimpleName() : message);
    }
}
