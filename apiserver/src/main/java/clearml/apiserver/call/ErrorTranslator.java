package clearml.apiserver.call;

import org.jspecify.annotations.Nullable;

/** Turns what a library throws into a documented error. Each store brings its own. */
public interface ErrorTranslator {

    /** The error, or null when the exception is not of this translator's library. */
    @Nullable
    ApiException translate(Throwable failure);
}
