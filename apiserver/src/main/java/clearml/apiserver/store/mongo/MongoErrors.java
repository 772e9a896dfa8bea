package clearml.apiserver.store.mongo;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.ErrorTranslator;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.BsonMaximumSizeExceededException;
import org.bson.BsonSerializationException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the MongoDB driver throws, as documented errors. */
@Component
class MongoErrors implements ErrorTranslator {

    private static final Pattern DUPLICATE =
            Pattern.compile("index:\\s+(?<index>\\S+)\\s+dup key:\\s+\\{(?<values>.*)\\}", Pattern.DOTALL);
    private static final Pattern INDEX_FIELD = Pattern.compile("(.+?)_(?:-?1)(?:_|$)");
    private static final int DUPLICATE_KEY = 11000;
    private static final int TIME_LIMIT = 50;
    private static final Set<Integer> TOO_LARGE = Set.of(10334, 17419, 17420);
    private static final int INVALID_REGEX = 51091;
    private static final int REGEX_TOO_COMPLEX = 51156;

    /** Of a text search where there is no text index: users, queues. */
    private static final int INDEX_NOT_FOUND = 27;

    @Override
    public @Nullable ApiException translate(Throwable failure) {
        if (failure instanceof BsonSerializationException || failure instanceof BsonMaximumSizeExceededException) {
            return ApiError.DATA_VALIDATION_ERROR.of("cannot be stored: " + failure.getMessage());
        }
        if (!(failure instanceof MongoException error)) {
            return null;
        }
        if (isDuplicate(error)) {
            return duplicate(String.valueOf(error.getMessage()));
        }
        return documented(error);
    }

    private static ApiException documented(MongoException error) {
        if (error instanceof MongoTimeoutException || error instanceof MongoSocketException) {
            return ApiError.DATABASE_UNAVAILABLE.with("err", "MongoDB does not answer");
        }
        if (error instanceof MongoExecutionTimeoutException || error.getCode() == TIME_LIMIT) {
            return ApiError.DATA_ERROR.of("the query took too long, please narrow it down");
        }
        if (TOO_LARGE.contains(error.getCode())) {
            return ApiError.DATA_VALIDATION_ERROR.of("cannot be stored: larger than 16 MB");
        }
        if (error.getCode() == INVALID_REGEX || error.getCode() == REGEX_TOO_COMPLEX) {
            return ApiError.INVALID_REGEX_ERROR.with("err", error.getMessage()).with("extra_info", null);
        }
        if (error.getCode() == INDEX_NOT_FOUND) {
            return ApiError.FIELDS_VALUE_ERROR
                    .of("text search is not supported here")
                    .with("field", "search_text");
        }
        return ApiError.INTERNAL_ERROR.with("err", error.getMessage());
    }

    private static boolean isDuplicate(MongoException error) {
        return error.getCode() == DUPLICATE_KEY
                || (error instanceof MongoWriteException write
                        && write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY);
    }

    /** Field names from the index's name, values from MongoDB's text. */
    private static ApiException duplicate(String message) {
        ApiException error = ApiError.EXPECTED_UNIQUE_DATA.of();
        Matcher matcher = DUPLICATE.matcher(message);
        if (!matcher.find()) {
            return error;
        }
        List<String> fields = fields(matcher.group("index"));
        List<String> values = values(matcher.group("values"));
        for (int i = 0; i < Math.min(fields.size(), values.size()); i++) {
            error.with(fields.get(i), values.get(i));
        }
        return error;
    }

    private static List<String> fields(String index) {
        String name = index.contains(".$") ? index.substring(index.indexOf(".$") + 2) : index;
        if (name.equals("_id_")) {
            // The reference cuts the name at its underscores and is left with the "i".
            return List.of("i");
        }
        List<String> fields = new ArrayList<>();
        Matcher matcher = INDEX_FIELD.matcher(name);
        while (matcher.find()) {
            fields.add(matcher.group(1));
        }
        return fields;
    }

    private static List<String> values(String text) {
        List<String> values = new ArrayList<>();
        Matcher matcher = Pattern.compile("(?:[\\w.]*)\\s*:\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|[^,]+)")
                .matcher(text);
        while (matcher.find()) {
            values.add(matcher.group(1).strip().replaceAll("^\"|\"$", ""));
        }
        return values;
    }
}
