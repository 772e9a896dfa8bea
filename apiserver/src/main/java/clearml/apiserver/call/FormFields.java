package clearml.apiserver.call;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text fields of a form, as query arguments. Parts with a file name are ignored. */
final class FormFields {

    private static final String URL_ENCODED = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data";
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
    private static final Pattern NAME = Pattern.compile("[;\\s]name=\"([^\"]*)\"");

    private FormFields() {}

    static boolean isForm(@Nullable String type) {
        return type != null && (is(type, URL_ENCODED) || is(type, MULTIPART));
    }

    private static boolean is(String type, String expected) {
        return type.toLowerCase(Locale.ROOT).startsWith(expected);
    }

    static QueryArguments parse(String type, byte[] body) {
        if (is(type, URL_ENCODED)) {
            return QueryArguments.parse(new String(body, StandardCharsets.UTF_8));
        }
        QueryArguments arguments = new QueryArguments();
        Matcher boundary = BOUNDARY.matcher(type);
        if (boundary.find()) {
            // One byte a char, so that no boundary is lost in what is not UTF-8.
            String text = new String(body, StandardCharsets.ISO_8859_1);
            for (String part : text.split(Pattern.quote("--" + boundary.group(1)))) {
                addPart(arguments, part);
            }
        }
        return arguments;
    }

    private static void addPart(QueryArguments arguments, String part) {
        int end = part.indexOf("\r\n\r\n");
        if (end < 0) {
            return;
        }
        String head = utf8(part.substring(0, end));
        Matcher name = NAME.matcher(head);
        if (name.find() && !head.contains("filename=")) {
            String content = part.substring(end + 4);
            String value = content.endsWith("\r\n") ? content.substring(0, content.length() - 2) : content;
            arguments.add(name.group(1), utf8(value));
        }
    }

    private static String utf8(String latin1) {
        return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
