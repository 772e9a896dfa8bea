package clearml.apiserver.call;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Writes {@code {"meta": ..., "data": ...}}; the HTTP status is always {@code meta.result_code}. */
final class Envelope {

    private static final int OK = 200;
    private static final String RETRY_AFTER_S = "2";

    private final ErrorStacks stacks;

    Envelope(ErrorStacks stacks) {
        this.stacks = stacks;
    }

    void writeData(Call call, HttpServletResponse response, @Nullable Object data) throws IOException {
        AnswerBytes body = new AnswerBytes(() -> begun(response, OK));
        try {
            write(body, call, OK, 0, "OK", null, data == null ? Map.of() : data);
        } catch (JacksonException | IllegalArgumentException e) {
            if (body.hasBegun()) {
                throw e.getCause() instanceof IOException broken
                        ? broken
                        : new IOException("The answer could not be finished", e);
            }
            writeError(
                    call,
                    response,
                    ApiException.message(ApiError.GENERAL_ERROR, "Error serializing response data: " + e.getMessage()),
                    e);
            return;
        }
        send(response, OK, body);
    }

    /** @param cause what went wrong inside, for the stack that a developer may have asked for */
    void writeError(Call call, HttpServletResponse response, ApiException error, @Nullable Throwable cause)
            throws IOException {
        call.failedWith(error);
        int code = error.error().code();
        int subcode = error.error().subcode();
        String stack = cause == null ? null : stacks.of(code, subcode, cause);
        if (error.error() == ApiError.SERVICE_UNAVAILABLE) {
            response.setHeader("Retry-After", RETRY_AFTER_S);
        }
        AnswerBytes body = new AnswerBytes(() -> begun(response, code));
        write(body, call, code, subcode, error.getMessage(), stack, Map.of());
        send(response, code, body);
    }

    private static OutputStream begun(HttpServletResponse response, int status) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        return response.getOutputStream();
    }

    private static void send(HttpServletResponse response, int status, AnswerBytes body) throws IOException {
        if (!body.hasBegun()) {
            response.setContentLength(body.size());
        }
        body.writeTo(begun(response, status));
    }

    private static void write(
            AnswerBytes bytes, Call call, int code, int subcode, String message, @Nullable String stack, Object data) {
        try (JsonGenerator out = JsonText.FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            JsonWriter writer = new JsonWriter(out);
            out.writeStartObject();
            out.writeName("meta");
            out.writeStartObject();
            out.writeStringProperty("id", call.id());
            out.writeStringProperty("trx", call.trx());
            writeEndpoint(out, writer, call);
            out.writeNumberProperty("result_code", code);
            out.writeNumberProperty("result_subcode", subcode);
            out.writeStringProperty("result_msg", message);
            out.writeName("error_stack");
            writer.write(stack);
            out.writeName("error_data");
            writer.write(Map.of());
            out.writeEndObject();
            out.writeName("data");
            writer.write(data);
            out.writeEndObject();
        }
    }

    private static void writeEndpoint(JsonGenerator out, JsonWriter writer, Call call) {
        out.writeName("endpoint");
        out.writeStartObject();
        out.writeStringProperty("name", call.endpointName());
        out.writeName("requested_version");
        writer.write(call.requestedVersion());
        out.writeName("actual_version");
        writer.write(call.actualVersion());
        out.writeEndObject();
    }
}
