package clearml.apiserver.call;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request that ends with a documented error. Made by {@link ApiError#of(String)} and
 * {@link ApiError#with(String, Object)}; carries no stack trace, since it says what the caller did wrong.
 */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ApiError error;
    private final transient @Nullable String detail;
    private final transient Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    private final transient @Nullable String wholeMessage;

    ApiException(ApiError error, @Nullable String detail) {
        this(error, detail, null);
    }

    private ApiException(ApiError error, @Nullable String detail, @Nullable String wholeMessage) {
        super(null, null, false, false);
        this.error = error;
        this.detail = detail;
        this.wholeMessage = wholeMessage;
    }

    /** An error whose message replaces the default text altogether, as some steps of the pipeline answer. */
    public static ApiException message(ApiError error, String message) {
        return new ApiException(error, null, message);
    }

    /** Adds an argument: text of the message here, a member of {@code error.data} in batch answers. */
    public ApiException with(String name, @Nullable Object value) {
        arguments.put(name, value);
        return this;
    }

    public ApiError error() {
        return error;
    }

    /** The arguments in the order given. */
    public Map<String, @Nullable Object> arguments() {
        return arguments;
    }

    /** {@code <default text> (<detail>): name=value, name=value}. */
    @Override
    public String getMessage() {
        if (wholeMessage != null) {
            return wholeMessage;
        }
        StringBuilder message = new StringBuilder(error.text());
        if (detail != null && !detail.isEmpty()) {
            message.append(" (").append(detail).append(')');
        }
        if (!arguments.isEmpty()) {
            message.append(": ")
                    .append(arguments.entrySet().stream()
                            .map(argument -> argument.getKey() + "=" + text(argument.getValue()))
                            .collect(Collectors.joining(", ")));
        }
        return message.toString();
    }

    private static String text(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return text(map.keySet());
        }
        if (value instanceof Collection<?> items) {
            return items.stream().map(ApiException::text).collect(Collectors.joining(", ", "(", ")"));
        }
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        return value == null ? "None" : value.toString();
    }
}
