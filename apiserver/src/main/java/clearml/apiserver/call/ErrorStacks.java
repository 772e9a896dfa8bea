package clearml.apiserver.call;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which errors carry their stack trace in {@code meta.error_stack}.
 *
 * @param enabled {@code apiserver.return_stack} and {@code apiserver.return_stack_to_caller}
 * @param on {@code apiserver.return_stack_on_code}: codes, or pairs of code and subcodes
 */
record ErrorStacks(boolean enabled, List<?> on) {

    @Nullable
    String of(int code, int subcode, Throwable cause) {
        if (!enabled || on.stream().noneMatch(entry -> matches(entry, code, subcode))) {
            return null;
        }
        StringWriter text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static boolean matches(Object entry, int code, int subcode) {
        if (entry instanceof Number number) {
            return number.intValue() == code;
        }
        return entry instanceof List<?> pair
                && !pair.isEmpty()
                && matches(pair.get(0), code, subcode)
                && (pair.size() == 1 || contains(pair.get(1), subcode));
    }

    private static boolean contains(Object subcodes, int subcode) {
        if (subcodes instanceof List<?> list) {
            return list.stream().anyMatch(one -> contains(one, subcode));
        }
        return subcodes instanceof Number number && number.intValue() == subcode;
    }
}
