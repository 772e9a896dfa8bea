package clearml.apiserver.call;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A method with {@link ApiCall}, and how each of its arguments is made from a request. */
final class EndpointMethod {

    private static final List<Class<?>> KERNEL_TYPES = List.of(CallBody.class, Caller.class, ApiVersion.class);

    private final MethodHandle handle;
    private final List<Function<CallArguments, @Nullable Object>> arguments;
    private final Method method;

    EndpointMethod(Object controller, Method method) {
        handle = bind(controller, method);
        this.method = method;
        arguments = Arrays.stream(method.getParameterTypes())
                .<Function<CallArguments, @Nullable Object>>map(type -> argument(method, type))
                .toList();
    }

    private static MethodHandle bind(Object controller, Method method) {
        try {
            method.setAccessible(true);
            MethodHandle bound = MethodHandles.lookup().unreflect(method).bindTo(controller);
            return bound.asSpreader(Object[].class, method.getParameterCount())
                    .asType(java.lang.invoke.MethodType.methodType(Object.class, Object[].class));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Cannot call " + method, e);
        }
    }

    private static Function<CallArguments, @Nullable Object> argument(Method method, Class<?> type) {
        if (type == CallBody.class) {
            return CallArguments::body;
        }
        if (type == Caller.class) {
            return arguments -> arguments.call().caller();
        }
        if (type == Call.class) {
            return CallArguments::call;
        }
        if (type == ApiVersion.class) {
            return arguments -> arguments.call().version();
        }
        if (type == HttpServletRequest.class) {
            return CallArguments::request;
        }
        if (type == HttpServletResponse.class) {
            return CallArguments::response;
        }
        if (type.isRecord()) {
            return arguments -> RequestBinder.bind(type, single(arguments.body()));
        }
        throw new IllegalStateException("No request member for argument " + type.getName() + " of " + method);
    }

    /** The members of a request; lines are several requests, which no typed endpoint takes. */
    private static Map<String, @Nullable Object> single(CallBody body) {
        if (body.lines() != null && !body.lines().isEmpty()) {
            throw ApiError.VALIDATION_ERROR.of("the endpoint does not take a batch of requests");
        }
        return body.fields();
    }

    /** The typed request, null where the request is read raw. */
    @Nullable
    Class<?> requestType() {
        return Arrays.stream(method.getParameterTypes())
                .filter(type -> type.isRecord() && !KERNEL_TYPES.contains(type))
                .findFirst()
                .orElse(null);
    }

    /** The typed answer, null where the answer is a map or a document. */
    @Nullable
    Class<?> responseType() {
        return method.getReturnType().isRecord() ? method.getReturnType() : null;
    }

    @Nullable
    Object invoke(CallArguments call) throws Exception {
        @Nullable Object[] values = new Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments.get(i).apply(call);
        }
        try {
            return handle.invokeExact(values);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
