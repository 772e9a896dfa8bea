package clearml.apiserver.store.elastic;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.ErrorTranslator;
import org.elasticsearch.client.ResponseException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What goes wrong with Elasticsearch, as documented errors. */
@Component
class ElasticErrors implements ErrorTranslator {

    private static final int MAX_TEXT = 200;

    @Override
    public @Nullable ApiException translate(Throwable failure) {
        if (failure instanceof ResponseException refused) {
            return ofFailure(ElasticCluster.refused(refused));
        }
        return failure instanceof ElasticException error ? ofFailure(error) : null;
    }

    private static ApiException ofFailure(ElasticException error) {
        if (error.readOnly()) {
            return ApiError.LOW_DISK_SPACE
                    .of("metrics, logs and all indexed data is in read-only mode!")
                    .with("reason", error.reason().replaceFirst("^index \\[[^\\]]*\\] ", ""));
        }
        String text = error.unanswered() ? error.reason() : error.type() + ": " + error.reason();
        return ApiError.DATA_ERROR.of(text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text);
    }
}
