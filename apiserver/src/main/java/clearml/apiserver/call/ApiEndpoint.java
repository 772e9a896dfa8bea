package clearml.apiserver.call;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One implementation of an endpoint; {@code since} is the lowest API version that it answers. */
public final class ApiEndpoint {

    private final ApiCall declaration;
    private final ApiVersion since;
    private final EndpointMethod handler;

    ApiEndpoint(ApiCall declaration, EndpointMethod handler) {
        this.declaration = declaration;
        this.since = ApiVersion.of(declaration.since());
        this.handler = handler;
    }

    /** {@code <service>.<action>}. */
    public String name() {
        return declaration.value();
    }

    public ApiVersion since() {
        return since;
    }

    public ApiCall declaration() {
        return declaration;
    }

    /** The JSON schema of the typed request, null where the request is read raw. */
    public @Nullable Map<String, Object> requestSchema() {
        Class<?> type = handler.requestType();
        return type == null ? null : RecordSchema.of(type);
    }

    /** The JSON schema of the typed answer, null where the answer is a document. */
    public @Nullable Map<String, Object> responseSchema() {
        Class<?> type = handler.responseType();
        return type == null || type == FileAnswer.class ? null : RecordSchema.of(type);
    }

    EndpointMethod handler() {
        return handler;
    }
}
