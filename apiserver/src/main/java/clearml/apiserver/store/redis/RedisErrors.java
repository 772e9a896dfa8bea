package clearml.apiserver.store.redis;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.ErrorTranslator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** What goes wrong with Redis, as a documented error: 500/100. */
@Component
class RedisErrors implements ErrorTranslator {

    @Override
    public @Nullable ApiException translate(Throwable failure) {
        // Nothing else here is called through Spring's abstraction of data access.
        return failure instanceof DataAccessException
                ? ApiError.DATA_ERROR.of(
                        "Redis does not answer: " + failure.getClass().getSimpleName())
                : null;
    }
}
