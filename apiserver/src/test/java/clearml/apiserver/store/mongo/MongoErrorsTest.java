package clearml.apiserver.store.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import java.util.Map;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonSerializationException;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MongoErrorsTest {

    private final MongoErrors errors = new MongoErrors();

    @ParameterizedTest
    @CsvSource({
        "50, DATA_ERROR", // over its time limit
        "51091, INVALID_REGEX_ERROR",
        "51156, INVALID_REGEX_ERROR", // one that would never end
        "27, FIELDS_VALUE_ERROR", // no text index
        "10334, DATA_VALIDATION_ERROR", // a document over 16 MB
        "17419, DATA_VALIDATION_ERROR", // the same after an update
        "11000, EXPECTED_UNIQUE_DATA",
        "13, INTERNAL_ERROR",
    })
    void aCommandThatFailsIsTheErrorOfItsCode(int code, ApiError expected) {
        assertThat(translated(command(code, "failed")).error()).isEqualTo(expected);
    }

    @Test
    void aQueryOverItsTimeLimitIsNotAnOutage() {
        assertThat(translated(new MongoExecutionTimeoutException(262, "operation exceeded time limit"))
                        .error())
                .isEqualTo(ApiError.DATA_ERROR);
    }

    @Test
    void noServerIsAnOutage() {
        assertThat(translated(new MongoTimeoutException("no server")).error()).isEqualTo(ApiError.DATABASE_UNAVAILABLE);
    }

    @Test
    void aDuplicateNamesTheFieldsOfTheIndexAndTheirValues() {
        var message = "E11000 duplicate key error collection: backend.project index: company_1_name_1"
                + " dup key: { company: \"c1\", name: \"a, b\" }";

        assertThat(translated(command(11000, message)).arguments())
                .containsEntry("company", "c1")
                .containsEntry("name", "a, b");
    }

    @Test
    void aDuplicateIdIsNamedI() {
        var message = "E11000 duplicate key error collection: backend.task index: _id_ dup key: { _id: \"t1\" }";

        assertThat(translated(command(11000, message)).arguments()).isEqualTo(Map.of("i", "t1"));
    }

    @Test
    void whatCannotBeABsonDocumentIsTheCallersError() {
        assertThat(translated(new BsonSerializationException("too deep")).error())
                .isEqualTo(ApiError.DATA_VALIDATION_ERROR);
    }

    @Test
    void otherErrorsAreLeftToOthers() {
        assertThat(errors.translate(new IllegalStateException("x"))).isNull();
    }

    private ApiException translated(Exception failure) {
        ApiException error = errors.translate(failure);
        assertThat(error).isNotNull();
        return Objects.requireNonNull(error);
    }

    private static MongoException command(int code, String message) {
        var answer = new BsonDocument("ok", new BsonInt32(0))
                .append("code", new BsonInt32(code))
                .append("errmsg", new BsonString(message));
        return new MongoCommandException(answer, new ServerAddress());
    }
}
