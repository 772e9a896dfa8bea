package clearml.apiserver.events;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.PythonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a line of a text log looks: text with the placeholders {@code {asctime}}, {@code {timestamp}} (both the time in ms),
 * {@code {level}}, {@code {worker}} and {@code {msg}}; doubled braces are braces.
 */
record LineFormat(List<Part> parts) {

    private static final Set<String> PLACEHOLDERS = Set.of("asctime", "timestamp", "level", "worker", "msg");

    /** @param placeholder whether the text names a member of the event */
    private record Part(String text, boolean placeholder) {}

    /** 400/11 for an empty format, 400/16 for one that can't be understood or filled. */
    static LineFormat parse(String format) {
        if (format.isEmpty()) {
            throw ApiError.MISSING_REQUIRED_FIELDS.of("line_format");
        }
        List<Part> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < format.length()) {
            char c = format.charAt(i);
            boolean doubled = i + 1 < format.length() && format.charAt(i + 1) == c;
            if (c != '{' && c != '}') {
                text.append(c);
                i++;
            } else if (doubled) {
                text.append(c);
                i += 2;
            } else {
                int end = c == '{' ? format.indexOf('}', i) : -1;
                parts.add(new Part(text.toString(), false));
                parts.add(new Part(placeholder(format, i + 1, end), true));
                text.setLength(0);
                i = end + 1;
            }
        }
        parts.add(new Part(text.toString(), false));
        checkPlaceholders(parts);
        return new LineFormat(parts);
    }

    private static String placeholder(String format, int start, int end) {
        String name = end < 0 ? "{" : format.substring(start, end);
        if (name.matches(".*[{:!].*")) {
            throw ApiError.FIELDS_VALUE_ERROR.of("invalid line format").with("line_format", format);
        }
        return name;
    }

    private static void checkPlaceholders(List<Part> parts) {
        Set<String> unknown = new TreeSet<>();
        for (Part part : parts) {
            if (part.placeholder() && !PLACEHOLDERS.contains(part.text())) {
                unknown.add(part.text());
            }
        }
        if (!unknown.isEmpty()) {
            throw ApiError.FIELDS_VALUE_ERROR
                    .of("undefined placeholders in line format")
                    .with("placeholders", unknown);
        }
    }

    /** The line with exactly one line break at its end; what the event doesn't have is left out. */
    String fill(Map<String, ? extends @Nullable Object> event) {
        StringBuilder line = new StringBuilder();
        for (Part part : parts) {
            if (!part.placeholder()) {
                line.append(part.text());
            } else {
                Object value = event.get(part.text().equals("timestamp") ? "asctime" : part.text());
                line.append(value == null ? "" : PythonText.str(value));
            }
        }
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\n') {
            end--;
        }
        line.setLength(end);
        return line.append('\n').toString();
    }
}
