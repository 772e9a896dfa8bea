package clearml.apiserver.call;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.servlet.ModelAndView;

/** Steps 3 to 9 of the pipeline: who calls, may they, what do they ask, the answer. */
final class ApiCallAdapter implements HandlerAdapter {

    private final Authentication authentication;
    private final RequestBody body;
    private final BodyRoom room;
    private final Envelope envelope;

    ApiCallAdapter(Authentication authentication, RequestBody body, BodyRoom room, Envelope envelope) {
        this.authentication = authentication;
        this.body = body;
        this.room = room;
        this.envelope = envelope;
    }

    @Override
    public boolean supports(Object handler) {
        return handler instanceof ApiEndpoint;
    }

    @Override
    public @Nullable ModelAndView handle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws Exception {
        ApiEndpoint endpoint = (ApiEndpoint) handler;
        Call call = Call.of(request);
        admit(request, call, endpoint);
        Object answer;
        try (BodyRoom.Place place = room.place()) {
            CallBody content = body.read(request, endpoint.declaration(), place);
            requireFields(endpoint.declaration(), content);
            answer = endpoint.handler().invoke(new CallArguments(call, content, request, response));
        }
        if (answer instanceof FileAnswer file) {
            FileAnswers.write(file, request, response);
        } else {
            envelope.writeData(call, response, answer);
        }
        return null;
    }

    private void admit(HttpServletRequest request, Call call, ApiEndpoint endpoint) {
        Access access = endpoint.declaration().access();
        if (access.mustAuthenticate()) {
            Caller caller = authentication.authenticate(request, endpoint.name());
            access.check(caller.role());
            Caller effective = authentication.impersonate(request, caller);
            access.check(effective.role());
            call.by(effective);
        } else {
            Caller caller = access == Access.OPTIONAL ? callerIfAny(request, endpoint) : null;
            if (caller != null) {
                call.by(authentication.impersonate(request, caller));
            } else {
                authentication.refuseImpersonation(request);
            }
        }
    }

    private @Nullable Caller callerIfAny(HttpServletRequest request, ApiEndpoint endpoint) {
        try {
            return authentication.authenticate(request, endpoint.name());
        } catch (ApiException ignored) {
            // The endpoint answers without a caller too.
            return null;
        }
    }

    private static void requireFields(ApiCall declaration, CallBody content) {
        List<String> missing = Arrays.stream(declaration.required())
                .filter(field -> !content.has(field))
                .toList();
        if (!missing.isEmpty()) {
            throw ApiError.MISSING_REQUIRED_FIELDS.with("missing", missing);
        }
    }
}
