package clearml.apiserver.store.mongo;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import java.util.function.Supplier;

/** What errors of MongoDB mean to the caller of an endpoint. */
public final class MongoFailures {

    private static final int INVALID_REGEX = 51091;
    private static final int TIME_LIMIT = 50;

    /** Of a text search where there is no text index: users, queues. */
    private static final int INDEX_NOT_FOUND = 27;

    private MongoFailures() {}

    /** Calls MongoDB; its errors come out as documented ones. */
    public static <T> T translated(Supplier<T> call) {
        try {
            return call.get();
        } catch (MongoException e) {
            throw translate(e);
        }
    }

    private static ApiException translate(MongoException e) {
        if (e instanceof MongoExecutionTimeoutException || e.getCode() == TIME_LIMIT) {
            return ApiError.DATA_ERROR.of("the query took too long, please narrow it down");
        }
        if (e instanceof MongoTimeoutException || e instanceof MongoSocketException) {
            return ApiError.DATABASE_UNAVAILABLE.of();
        }
        if (e.getCode() == INVALID_REGEX) {
            return ApiError.INVALID_REGEX_ERROR.with("err", e.getMessage()).with("extra_info", null);
        }
        if (e.getCode() == INDEX_NOT_FOUND) {
            return ApiError.FIELDS_VALUE_ERROR
                    .of("text search is not supported here")
                    .with("field", "search_text");
        }
        return ApiError.INTERNAL_ERROR.with("err", e.getMessage());
    }
}
